/** Who reads what in a case, as it is signed; opening it to somebody more, and taking that back. */
import type { Content, Opening, Party } from '../domain/content';
import { genuineGrants, keysOf, namesOf, newestKey } from '../domain/holders';
import type { Id } from '../domain/id';
import { AUDIENCES, type Audience } from '../domain/lists';
import { fail, ok, type Result } from '../domain/result';
import type { Write } from '../store/person';
import { isSame, partiesOf, readerFor } from '../sync/audience';
import { openIdentities } from '../sync/opening';
import { create, grantTo, serverTime } from '../sync/outgoing';
import { readTrust } from '../sync/trust';
import { author } from './author';
import { device, here } from './here';
import { inScene, newKey, write, type Along, type Locked } from './state';

/** One audience of a case: who is let in, and everybody whom that comes to, one by one. */
export type AudienceLine = {
	name: Audience;
	/** Nobody has written to it yet: it is made with the first words. */
	isNew: boolean;
	parties: Party[];
	persons: Id[];
};

/** The audiences this person can write to in a case, the reporter's thread first. */
export async function audiences(id: Id): Promise<AudienceLine[]> {
	const now = await here();
	const routing = await now?.store.cases.get(id);
	if (!now || !routing) return [];
	const { ring } = await readTrust(now.store, await device.rolls(), id);
	const keys = keysOf(ring, id);
	const at = Date.now();
	const me = now.session.account;
	const seat = ring.rolls.get(routing.team)?.seats[me];
	const isTeams = seat?.left === 0 && (seat.role === 'expert' || seat.role === 'coordinator');

	return AUDIENCES.flatMap((name): AudienceLine[] => {
		const key = newestKey(keys, name);
		const parties: Party[] | null = key
			? partiesOf(ring, key, at)
			: isTeams && (name === 'team' || name === 'narrow')
				? [{ user: me }, { team: routing.team, circle: name === 'team' ? 'members' : 'coordinators' }]
				: null;
		if (!parties) return [];
		const circles = parties.flatMap((party) =>
			'user' in party ? [] : [{ team: party.team, name: party.circle }]
		);
		const byName = parties.flatMap((party) => ('user' in party ? [party.user] : []));
		const persons = namesOf(ring, { persons: byName, circles }, at);
		return persons.includes(me) ? [{ name, isNew: key === null, parties, persons }] : [];
	});
}

export type Agreed = Pick<Opening, 'basis' | 'consent' | 'reason'>;
type Unopenable = Locked | { kind: 'not_trusted' };

/** Lets somebody read an audience, all of it from the start, and writes down on what that rests. */
export async function openTo(
	id: Id,
	audience: Audience,
	to: Party,
	agreed: Agreed
): Promise<Result<undefined, Unopenable>> {
	const done = await inScene(id, async (seen) => {
		const { now, trust, keys } = seen;
		const reader = readerFor(trust, to);
		const me = await author(now);
		const newest = newestKey(keys, audience);
		if (!reader || !newest || !me) return false;
		const identities = await openIdentities(now.store, now.vault, now.session.account, trust.ring.rolls);
		const along: Along = { writes: [], keys: [], grants: [], pairs: [] };
		for (const key of keys.filter(({ name }) => name === audience)) {
			const identity = await identities(key.id);
			if (!identity) continue;
			const { recipient, ...whom } = reader;
			along.grants.push(await grantTo(whom, recipient, key.id, { identity }, me.hand));
		}
		along.writes.push(...along.grants.map((grant) => create('grants', grant)));
		const content: Content = { kind: 'opening', at: Date.now(), audience, to, ...agreed };
		await write(seen, content, newest, along);
		return true;
	});
	if (!done.ok) return done;
	return done.value ? ok(undefined) : fail({ kind: 'not_trusted' });
}

/** Ends what was opened: a new key for what comes after, without that party. What was read stays read. */
export function withdraw(
	id: Id,
	audience: Audience,
	from: Party,
	reason: string
): Promise<Result<undefined, Locked>> {
	return inScene(id, async (seen) => {
		const { trust, keys } = seen;
		const newest = newestKey(keys, audience);
		if (!newest) return undefined;
		const at = Date.now();
		const rest = partiesOf(trust.ring, newest, at).filter((party) => !isSame(party, from));
		const { key, along } = await newKey(seen, audience, newest, rest);
		const ended = serverTime(at);
		const gone = keys
			.filter(({ name }) => name === audience)
			.flatMap((one) => genuineGrants(trust.ring, one))
			.filter((grant) => grant.ended === '' && reaches(grant, from, trust.ring.rolls));
		const ends = gone.map(({ id: grant }): Write => ({
			...{ collection: 'grants', id: grant, verb: 'update', body: { ended } }
		}));
		const content: Content = { kind: 'withdrawal', at, audience, from, reason };
		await write(seen, content, key, {
			...along,
			writes: [...along.writes, ...ends],
			grants: [...along.grants, ...gone.map((grant) => ({ ...grant, ended }))]
		});
		return undefined;
	});
}

function reaches(
	grant: { user: string; via: string },
	party: Party,
	rolls: ReadonlyMap<string, { circles: readonly { key: string; name: string }[] }>
): boolean {
	if ('user' in party) return grant.user === party.user;
	const circles = rolls.get(party.team)?.circles ?? [];
	return circles.some(({ key, name }) => key === grant.via && name === party.circle);
}
