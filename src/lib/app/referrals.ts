/** What was referred, to here and from here: who speaks for which team, and what became of it. */
import type { Origin } from '../domain/alert';
import { fold, type Folded, type Said } from '../domain/fold';
import type { Ring } from '../domain/holders';
import type { Id } from '../domain/id';
import { isBack, isOver, referring, sidesOf, type Referral } from '../domain/referring';
import type { Case } from '../domain/records';
import type { Roll } from '../domain/roll';
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

/**
 * A case as its entries tell it: who speaks for a team that referred it here asks, and works on nothing; who was never of the
 * case's team moves nothing, as far as its roll is here.
 */
export async function foldOf(id: Id, now: Here): Promise<Folded> {
	const [entries, team] = [await saidIn(id, now), (await now.store.cases.get(id))?.team];
	if (!team) return fold(entries);
	const from = entries.map(fromIn).find((one) => one !== undefined);
	const rolls = from ? await device.rolls() : rollsOf((await device.roll(team))?.roll);
	const { sends, receives } = sidesOf(rolls, from?.team ?? '', team);
	return fold(
		entries,
		(user) => from !== undefined && sends(user) && !receives(user),
		(user) => !rolls.has(team) || receives(user)
	);
}

const rollsOf = (roll: Roll | null | undefined): Ring['rolls'] => new Map(roll ? [[roll.team, roll]] : []);

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

const fromIn = ({ content }: Said): Origin | undefined =>
	typeof content === 'object' && content.kind === 'alert' ? content.from : undefined;
