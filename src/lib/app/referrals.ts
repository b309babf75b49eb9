/** What was referred, to here and from here: who speaks for which team, and what became of it. */
import type { Origin } from '../domain/alert';
import { fold, type Folded } from '../domain/fold';
import type { Ring } from '../domain/holders';
import type { Id } from '../domain/id';
import { isBack, isOver, referring, sidesOf, voicesBy, type Referral } from '../domain/referring';
import type { Case } from '../domain/records';
import { device, type Here } from './here';
import { saidIn } from './said';

/** A referral as it stands in the case that it opened. */
export type Came = Referral &
	Omit<Origin, 'reason'> & {
		teamName: string;
		/** What was said when it was sent. */
		because: string;
		/** Whether its writer is on that team's roll. */
		isSure: boolean;
		/** What this person may do to it now. */
		may: { answer: boolean; withdraw: boolean };
		/** This person reads it for the team that sent it, and works on nothing here. */
		isSenders: boolean;
	};

/** A referral as it stands in the case that it was made of; the state is null where the other case is not here. */
export type Went = { teamName: string; state: Referral | null; isBack: boolean };

/** The name of a team by its roll, or as the server shows it; '' where neither is here. */
export async function teamName(team: Id): Promise<string> {
	const roll = (await device.roll(team))?.roll;
	return roll?.name ?? (await device.get('facts'))?.teams.find(({ id }) => id === team)?.name ?? '';
}

/** A case as its entries tell it, each author heard as the rolls say that this device has. */
export const foldOf = async (
	{ id, team }: Pick<Case, 'id' | 'team'>,
	now: Here,
	rolls: Ring['rolls']
): Promise<Folded> => fold(await saidIn(id, now), voicesBy(rolls, team));

export async function referralIn(
	{ team }: Pick<Case, 'team'>,
	{ alert, reporter, timeline }: Folded,
	me: Id
): Promise<Came | null> {
	const from = alert?.from;
	if (!from) return null;
	const sides = sidesOf(await device.rolls(), from.team, team);
	const state = referring(timeline, sides);
	const isOpen = !isOver(state) || state.contrary.length > 0;
	const { reason, ...rests } = from;
	return {
		...state,
		...rests,
		because: reason,
		teamName: await teamName(from.team),
		isSure: reporter !== null && sides.sends(reporter),
		may: { answer: isOpen && sides.receives(me), withdraw: isOpen && sides.sends(me) },
		isSenders: !sides.receives(me)
	};
}

/** What was referred out of a case. `read` yields cases as what was said in them makes them, those that are here. */
export async function referredFrom(
	id: Id,
	{ timeline, reporter }: Folded,
	read: (cases: Id[]) => Promise<{ row: Case; folded: Folded }[]>
): Promise<ReadonlyMap<Id, Went>> {
	const sent = timeline.flatMap(({ content, audience }) =>
		typeof content === 'object' && content.kind === 'referral' && audience !== 'reporter' ? [content] : []
	);
	if (sent.length === 0) return new Map();
	const [rolls, cases] = await Promise.all([device.rolls(), read(sent.map((one) => one.case))]);
	const went = sent.map(async ({ to, case: there }): Promise<[Id, Went]> => {
		const found = cases.find(({ row }) => row.id === there);
		// Only what says of itself that it comes from here: an entry could name any case.
		const from = found?.folded.alert?.from;
		const isIts = found && found.row.team === to && from?.case === id;
		const state = isIts ? referring(found.folded.timeline, sidesOf(rolls, from.team, to)) : null;
		const isWaiting = state !== null && isBack(state, { timeline, reporter });
		return [there, { teamName: await teamName(to), state, isBack: isWaiting }];
	});
	return new Map(await Promise.all(went));
}
