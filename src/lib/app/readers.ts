/** Who reads what in a case, as it is signed. WebCrypto and IndexedDB only. */
import type { Party } from '../domain/content';
import { genuineGrants, keysOf, newestKey, type Ring } from '../domain/holders';
import type { Id } from '../domain/id';
import { AUDIENCES, type Audience } from '../domain/lists';
import { everOpenTo, isSame, isWithin, partiesOf, partyOf, personsOf } from '../domain/parties';
import type { Case, Grant, Key } from '../domain/records';
import { isSeated, newestOf } from '../domain/roll';
import { readTrust } from '../sync/trust';
import { device, here } from './here';

/** To whom a generation of an audience's key was ever open. */
export type Readership = { id: Id; parties: Party[]; persons: Id[] };

/** One audience of a case: who is let in, and everybody whom that comes to, one by one. */
export type AudienceLine = {
	name: Audience;
	/** Nobody has written to it yet: it is made with the first words. */
	isNew: boolean;
	parties: Party[];
	persons: Id[];
	/** Every generation of its key: what was read stays read. */
	keys: Readership[];
	/** To whom this person may open it. */
	others: Party[];
	/** To whom this person may close it again. */
	removable: Party[];
};

/** The audiences this person can write to in a case, the reporter's thread first. */
export async function audiences(id: Id): Promise<AudienceLine[]> {
	const now = await here();
	const routing = await now?.store.cases.get(id);
	if (!now || !routing) return [];
	const { ring } = await readTrust(now.store, await device.rolls(), id);
	const keys = keysOf(ring, id);
	const me = now.session.account;
	return AUDIENCES.flatMap((name) => lineOf(ring, routing, keys, name, me, Date.now()) ?? []);
}

function lineOf(
	ring: Ring,
	{ team, sender }: Case,
	keys: readonly Key[],
	name: Audience,
	me: Id,
	at: number
): AudienceLine | null {
	const key = newestKey(keys, name);
	const home: Party = { team, circle: name === 'narrow' ? 'coordinators' : 'members' };
	const isTeams = isWithin(ring.rolls, [{ team, circle: 'members' }], me, at);
	const isUsual = isTeams && (name === 'team' || name === 'narrow');
	const parties = key ? partiesOf(ring, key, at) : isUsual ? [{ user: me }, home] : [];
	const persons = personsOf(ring.rolls, parties, at);
	if (!persons.includes(me)) return null;

	const own = keys.filter((one) => one.name === name);
	const police: Party = { team, circle: 'police' };
	const roll = ring.rolls.get(team);
	const circles = roll && newestOf(roll, 'police') ? [police] : [];
	const seated = Object.values(roll?.seats ?? {}).filter((seat) => isSeated(seat, at));
	// Who else reads what was referred is for the team that has it now.
	const isReporters = name === 'reporter' && keys[0]?.maker === me && !sender;
	const candidates: Party[] = [...circles, ...(isTeams ? seated.map(({ user }) => ({ user })) : [])];
	const reads = (party: Party): boolean =>
		'user' in party ? persons.includes(party.user) : parties.some((one) => isSame(one, party));

	return {
		...{ name, isNew: key === null, parties, persons },
		keys: own.map((one) => {
			const ever = everOpenTo(ring, one);
			return { id: one.id, parties: ever, persons: personsOf(ring.rolls, ever, at) };
		}),
		others: key && (isTeams || isReporters) ? candidates.filter((party) => !reads(party)) : [],
		removable: parties.filter((party) => {
			if (isSame(party, home) || !key) return false;
			if ('user' in party) {
				const stays = party.user === me || (name === 'reporter' && party.user === keys[0]?.maker);
				if (stays || isWithin(ring.rolls, [home], party.user, at)) return false;
			}
			return own
				.flatMap((one) => genuineGrants(ring, one))
				.some((grant) => {
					const to = partyOf(ring, grant);
					return to !== null && isSame(to, party) && mayEnd(ring, grant, team, me);
				});
		})
	};
}

/** As the server has it: whoever gave a grant, or coordinates the team, may end it. */
export function mayEnd({ rolls }: Pick<Ring, 'rolls'>, { giver }: Grant, team: Id, me: Id): boolean {
	return giver === me || isWithin(rolls, [{ team, circle: 'coordinators' }], me, Date.now());
}
