/** Referring a case to another team, answering that, and handing the police contact an extract. Loads age. */
import type { Alert } from '../domain/alert';
import { around, byBearing, type Bearing } from '../domain/areas';
import type { Answer } from '../domain/content';
import { isHolder, isMember, newestKey } from '../domain/holders';
import type { Id } from '../domain/id';
import { isOutdated, isSame, isWithin, partiesOf } from '../domain/parties';
import { fail, ok, type Result } from '../domain/result';
import { isSeated, newestOf } from '../domain/roll';
import { isOutOfRoom } from '../domain/room';
import { post } from '../store/post';
import { readerFor } from '../sync/audience';
import { makeAlert } from '../sync/outgoing';
import { addressee } from './acts';
import type { Agreed } from './audiences';
import { author } from './author';
import { device, here } from './here';
import {
	identityRow,
	inScene,
	keyFor,
	make,
	newKey,
	openedRow,
	state,
	write,
	type Changed,
	type Closed,
	type Locked,
	type Writing,
	type Scene
} from './state';

/** What is told of a case, chosen by whoever refers it. Pictures, files and names never go along. */
export type Extracted = Pick<
	Alert,
	| ('theme' | 'type' | 'urgency' | 'setting' | 'place' | 'area' | 'when' | 'story')
	| ('motives' | 'source' | 'age' | 'harmed' | 'known' | 'certainty' | 'strengths' | 'done' | 'needs')
>;
/** To whom a case of a team can be referred. */
export type Targets = {
	teams: { id: Id; name: string; area: string; bearing: Bearing }[];
	police: boolean;
};
type Unsendable = Locked | Changed | { kind: 'not_trusted' | 'no_space' };

/**
 * By what the server has last shown of the teams that take alerts, and by the own team's roll. Up to the region and the nation
 * first.
 */
export async function targets(team: Id): Promise<Targets> {
	const [known, roll] = [await device.get('facts'), (await device.roll(team))?.roll];
	const seats = Object.values(roll?.seats ?? {});
	const all = (known?.teams ?? []).map(({ areas = [], ...one }) => ({ ...one, areas }));
	const others = all.filter(({ id }) => id !== team);
	const own = await areasOf(team, all);
	return {
		teams: byBearing(own, others).map(({ id, name, area, bearing }) => ({ id, name, area, bearing })),
		// Coordinators hold that circle's key as well, to hand it on: a contact is somebody of the police.
		police:
			!!roll &&
			newestOf(roll, 'police') !== null &&
			seats.some((seat) => seat.role === 'police' && isSeated(seat, Date.now()))
	};
}

/** The own team may take no alerts: then the server shows it to its members alone. */
async function areasOf(team: Id, all: readonly { id: Id; areas: readonly Id[] }[]): Promise<readonly Id[]> {
	const store = (await here())?.store;
	const area = await store?.areas.get((await store.teams.get(team))?.area ?? '');
	const shown = all.map(({ areas }) => areas);
	return area ? around(area, shown) : (all.find(({ id }) => id === team)?.areas ?? []);
}

/**
 * Opens a case of the other team with what is told of this one, and says so to the own team: both are kept, or neither.
 * Nothing of it goes to whoever asked for advice.
 */
export async function refer(
	id: Id,
	to: Id,
	extracted: Extracted,
	agreed: Agreed,
	begun: Writing
): Promise<Result<undefined, Unsendable>> {
	const team = await addressee(to, { coordinators: false, police: false });
	if (!team) return fail({ kind: 'not_trusted' });
	try {
		const done = await inScene(id, async (seen) => {
			const { now, trust, routing } = seen;
			const me = await author(now);
			const circle = readerFor(trust, { team: routing.team, circle: 'members' });
			const found = await keyFor(seen, 'team');
			if (!me || !circle || !('via' in circle) || !found || !worksOn(seen)) return false;
			const at = Date.now();
			const sender = { team: routing.team, circle: { id: circle.via, recipient: circle.recipient } };
			const from = { team: routing.team, case: id, ...agreed };
			const said: Alert = { kind: 'alert', at, ...extracted, photos: [], from };
			const there = await makeAlert(said, team, me, new Map(), at, { sender });
			const { case: opened } = there.parcel.item;
			const told = { kind: 'referral', at, to, case: opened, text: extracted.story, ...agreed } as const;
			const here = await make(seen, told, found.key, found.along);
			const { header, alert, identity, local } = there;
			return post(
				now.store,
				[here.parcel, there.parcel],
				{
					cases: local.cases,
					keys: [...here.local.keys, ...local.keys],
					grants: [...here.local.grants, ...local.grants],
					entries: [...here.local.entries, ...local.entries]
				},
				{
					opened: [...here.kept.opened, await openedRow(now.vault, header, alert)],
					identities: [...here.kept.identities, await identityRow(now.vault, identity)],
					said: [...here.kept.said, { key: header.key, seq: header.seq }]
				},
				null,
				begun
			);
		});
		if (!done.ok) return done;
		if (!done.value) return fail({ kind: 'not_trusted' });
		return done.value === 'posted' ? ok(undefined) : fail({ kind: 'changed' });
	} catch (error) {
		if (isOutOfRoom(error)) return fail({ kind: 'no_space' });
		throw error;
	}
}

/** Says to a referral, in the case that it opened, what becomes of it. `reason` may be '' for a yes. */
export const answer = (id: Id, what: Answer, reason: string, begun?: Writing): ReturnType<typeof state> =>
	state(id, 'reporter', { kind: 'answer', at: Date.now(), answer: what, reason }, {}, begun);

/** An extract under a key of its own, for the team and its police contact: of the rest the police read nothing by it. */
export async function handOver(
	id: Id,
	text: string,
	agreed: Agreed,
	begun: Writing
): Promise<Result<undefined, Locked | Closed | Changed>> {
	const done = await inScene(id, async (seen) => {
		const found = worksOn(seen) ? await keyForPolice(seen) : null;
		if (!found) return false;
		const told = { kind: 'extract', at: Date.now(), text, ...agreed } as const;
		return write(seen, told, found.key, found.along, {}, begun);
	});
	if (!done.ok) return done;
	if (!done.value) return fail({ kind: 'closed' });
	return done.value === 'posted' ? ok(undefined) : fail({ kind: 'changed' });
}

async function keyForPolice(seen: Scene): ReturnType<typeof newKey> {
	const { keys, routing, now, trust } = seen;
	const wanted = (['members', 'police'] as const).map((circle) => ({ team: routing.team, circle }));
	const key = newestKey(keys, 'invited');
	if (!key) return newKey(seen, 'invited', null, wanted);
	const [at, me] = [Date.now(), now.session.account];
	if (!isHolder(trust.ring, key, me)) return null;
	const parties = partiesOf(trust.ring, key, at);
	const lacking = wanted.filter((one) => !parties.some((other) => isSame(one, other)));
	const others = parties.filter((one) =>
		'user' in one
			? !isWithin(trust.ring.rolls, wanted, one.user, at)
			: !wanted.some((other) => isSame(one, other))
	);
	if (lacking.length + others.length === 0 && !isOutdated(trust.ring, key, at))
		return keyFor(seen, 'invited');
	// It was said who reads it: whoever was let in to an earlier one does not.
	return newKey(seen, 'invited', key, wanted);
}

/** What becomes of a case is for those who work on it: not for the team that referred it, nor for a guest. */
const worksOn = ({ now, routing, trust }: Scene): boolean =>
	isMember(trust.ring, routing.team, now.session.account);
