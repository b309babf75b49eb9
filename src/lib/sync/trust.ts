/** Whom this device believes, and why: rolls followed from link to link, public keys pinned, proofs checked. */
import { textDigest } from '../crypto/bytes';
import type { Verifiers } from '../crypto/envelope';
import { handOf } from '../crypto/hand';
import { digestOf, isAttested } from '../crypto/proof';
import { followRoll } from '../crypto/roll';
import { circleOf, isHolder, keysOf, type Ring } from '../domain/holders';
import { idOfDigest } from '../domain/new-id';
import type { Entry, Key, Person } from '../domain/records';
import type { Role } from '../domain/lists';
import { isSeated, newestOf, type Roll, type Seat } from '../domain/roll';
import { approvalFields, cardFields, grantFields, keyFields, keysFields } from '../domain/signed';
import type { RollRow, Rolls } from '../store/device';
import type { Pin, Store } from '../store/person';
import type { Remote } from './remote';

/**
 * Asks for what the roll of a team has more than this device knows, and follows it. What does not continue is not
 * believed: the row keeps what was known, and says what is wrong. `expected` is a fingerprint from a join link.
 */
export async function followTeam(
	rolls: Rolls,
	remote: Pick<Remote, 'roll'>,
	team: { id: string; roll: number },
	instance: string,
	expected = ''
): Promise<RollRow | null> {
	const known = await rolls.roll(team.id);
	// Before anything was followed, the newest link counts: one that was altered on its way must not shut the right one out.
	const fingerprint = known?.roll ? known.fingerprint : expected || (known?.fingerprint ?? '');
	if (known?.roll && team.roll < known.roll.seq) {
		const stands = await isStillThere(remote, known.roll);
		return stands === false ? keep(rolls, { ...known, trouble: 'older' }) : known;
	}
	if (known?.roll && team.roll === known.roll.seq && known.trouble === '') return known;

	let roll = known?.roll ?? null;
	for (let more = true; more;) {
		const page = await remote.roll(team.id, roll?.seq ?? 0);
		if (!page.ok) return known ?? null;
		const followed = await followRoll(roll, page.value.links, team.id);
		const next = followed.ok ? followed.value : null;
		const isTeams = next?.instance === instance && (fingerprint === '' || next.fingerprint === fingerprint);
		if (!next || !isTeams) {
			const trouble = followed.ok ? 'other_team' : followed.error.kind;
			// A link that names another team is forgotten again: it must not stand in the way of the right one.
			const kept = known ?? { team: team.id, roll: null, fingerprint: '' };
			return keep(rolls, { ...kept, trouble });
		}
		more = page.value.more && page.value.links.length > 0;
		roll = next;
	}
	return roll && keep(rolls, { team: team.id, roll, fingerprint: roll.fingerprint, trouble: '' });
}

/**
 * Whether the server still shows the newest link that is known here: what it said of the roll a while ago may just be
 * older than that link. Null when it could not be asked.
 */
async function isStillThere(
	remote: Pick<Remote, 'roll'>,
	{ team, seq, head }: Roll
): Promise<boolean | null> {
	const page = await remote.roll(team, seq - 1);
	if (!page.ok) return null;
	const [link] = page.value.links;
	return link !== undefined && (await textDigest(link.text)) === head;
}

/**
 * Follows the rolls of everybody's teams here, and pins whom they and the pull have brought. Where that changed whom this
 * device believes, what was taken for forged is looked at again. `me` is at work here.
 */
export async function bringTrust(
	store: Store,
	rolls: Rolls & { rolls: () => Promise<ReadonlyMap<string, Roll>> },
	remote: Pick<Remote, 'roll'>,
	instance: string,
	now: number,
	me = ''
): Promise<void> {
	const before = await rolls.rolls();
	for (const team of await store.teams.toArray()) await followTeam(rolls, remote, team, instance);
	const followed = await rolls.rolls();
	await noteLeaving(store, followed);
	const pinned = await pinPersons(store, followed, instance, now, me);
	const grown = [...followed.values()].some(({ team, seq }) => before.get(team)?.seq !== seq);
	if (pinned || grown) await store.opened.where({ doubted: 1 }).delete();
}

async function keep(rolls: Rolls, row: RollRow): Promise<RollRow> {
	await rolls.keepRoll(row);
	return row;
}

/**
 * Notes for every seat that was left, and for keys that were replaced, up to which rev what was written by them can have
 * come from inside the team.
 */
export async function noteLeaving(store: Store, rolls: ReadonlyMap<string, Roll>): Promise<void> {
	for (const [team, roll] of rolls) {
		const row = await store.teams.get(team);
		const ends = Object.values(roll.seats).flatMap(({ user, left, earlier }) => [
			...(left > 0 ? [{ name: leaving(team, user, left), seq: left }] : []),
			...earlier.map((verifier) => ({ name: replacing(team, verifier), seq: roll.seq }))
		]);
		for (const { name, seq } of ends) {
			// The roll may be newer than the last pull: what was written in between is still on its way.
			if (!row || row.roll < seq) continue;
			if (!(await store.state.get(name))) await store.state.put({ name, value: row.rev });
		}
	}
}

const leaving = (team: string, user: string, left: number): string => `left|${team}|${user}|${left}`;
const REPLACED = 'replaced|';
const replacing = (team: string, verifier: string): string => `${REPLACED}${team}|${verifier}`;

/**
 * Pins the public keys of everybody who came: as their team's roll says, or else as they were first seen. Keys that are
 * others than the pinned ones are not taken: the pin says so, and stays until a coordinator vouches, or until they were
 * compared and approved when they were asked for, by `me` or by two of the team. Says whether anything is believed of anybody that was not before.
 */
export async function pinPersons(
	store: Store,
	rolls: ReadonlyMap<string, Roll>,
	instance: string,
	now: number,
	me = ''
): Promise<boolean> {
	let changed = false;
	const pins = new Map((await store.pins.toArray()).map((pin) => [pin.id, pin]));
	const since = await firstSeen(store, rolls, now);
	const compared = await comparedKeys(store, rolls, since, { instance, now }, pins.get(me));
	for (const person of await store.users.toArray()) {
		const old = pins.get(person.id);
		const pin = await pinFor(person, old ?? null, rolls, since, compared, instance, now);
		if (old && JSON.stringify(old) === JSON.stringify(pin)) continue;
		await store.pins.put(pin);
		changed = true;
	}
	return changed;
}

/** Pins this person's own keys, as their secrets yield them: about these the server has nothing to say. */
export async function pinOwn(
	store: Store,
	instance: string,
	me: Pick<Person, 'id' | 'name' | 'kind' | 'recipient' | 'verifier'>,
	now: number
): Promise<void> {
	const { id, name, kind, recipient, verifier } = me;
	const keys = await digestOf(keysFields(instance, id, me));
	if ((await store.pins.get(id))?.keys === keys) return;
	await store.pins.put({
		...{ id, name, kind, keys, recipient, verifier },
		...{ how: 'confirmed', changed: '', at: now }
	});
}

/** Since when (ms) this person has known each team's roll. */
async function firstSeen(
	store: Store,
	rolls: ReadonlyMap<string, Roll>,
	now: number
): Promise<ReadonlyMap<string, number>> {
	const since = new Map<string, number>();
	for (const team of rolls.keys()) {
		const name = `roll|${team}`;
		const known = (await store.state.get(name))?.value;
		if (known === undefined) await store.state.put({ name, value: now });
		since.set(team, known ?? now);
	}
	return since;
}

/**
 * Digests of new keys that were compared with who asked for them: by `me`, or by two of a team, one of them a
 * coordinator; with the time (ms) since when this person has known that team. Signed, so that no server can say so.
 */
async function comparedKeys(
	store: Store,
	rolls: ReadonlyMap<string, Roll>,
	since: ReadonlyMap<string, number>,
	{ instance, now }: { instance: string; now: number },
	me: Pin | undefined
): Promise<ReadonlyMap<string, number>> {
	// Who this person is has to be sure: not taken from the server at first sight.
	const own = me && me.changed === '' && me.how !== 'first' ? me : null;
	const compared = new Map<string, number>();
	for (const asked of await store.recoveries.toArray()) {
		const seats = rolls.get(asked.team)?.seats ?? {};
		const by = new Map<string, Role | 'me'>();
		for (const approval of await store.approvals.where({ recovery: asked.id }).toArray()) {
			const seat = seats[approval.by];
			const isMe = approval.by === own?.id;
			const verifier = isMe ? own.verifier : seat && isSeated(seat, now) ? seat.verifier : '';
			if (verifier === '' || approval.by === asked.user) continue;
			const fields = approvalFields(instance, asked, approval.before);
			if (!(await isAttested(verifier, 'approval', fields, approval.proof))) continue;
			by.set(approval.by, isMe ? 'me' : (seat?.role ?? 'guest'));
		}
		const roles = [...by.values()];
		const isByTwo = roles.filter(mayApprove).length >= 2 && roles.includes('coordinator');
		const from = roles.includes('me') ? -Infinity : isByTwo ? since.get(asked.team) : undefined;
		if (from !== undefined) compared.set(await digestOf(keysFields(instance, asked.user, asked)), from);
	}
	return compared;
}

const mayApprove = (role: Role | 'me'): boolean => role === 'expert' || role === 'coordinator';

async function pinFor(
	person: Person,
	old: Pin | null,
	rolls: ReadonlyMap<string, Roll>,
	since: ReadonlyMap<string, number>,
	compared: ReadonlyMap<string, number>,
	instance: string,
	now: number
): Promise<Pin> {
	const { id, recipient, verifier } = person;
	// Whoever gives no name is shown none, whatever stands there: it could be a member's. Nor is one given later.
	const kind = old?.kind === 'coded' ? 'coded' : person.kind;
	const name = kind === 'coded' ? '' : person.name;
	const keys = await digestOf(keysFields(instance, id, person));
	const isOwn = await isAttested(verifier, 'card', cardFields(instance, person), person.proof);
	const seats = [...rolls.values()].flatMap(({ team, seats: { [id]: one } }) => {
		// A team that came later can confirm whom this device knows, and not give them other keys: anybody can found one.
		const counts = !old || one?.keys === old.keys || (since.get(team) ?? now) <= old.at;
		return one && counts ? [one] : [];
	});
	// Rolls that disagree vouch for nothing: a team that somebody founds can name any keys as anybody's.
	const seat = seats.every(({ keys: other }) => other === seats[0]?.keys) ? seats[0] : undefined;
	const expected = seat?.keys ?? old?.keys ?? keys;
	// What a roll has left behind does not come back by an approval of long ago.
	const isLeft = [...rolls.values()].some((roll) => roll.seats[id]?.earlier.includes(verifier));
	const isCompared = (compared.get(keys) ?? Infinity) <= (old?.at ?? now) && !isLeft;
	const isKept = old?.how === 'confirmed' && old.keys === keys && !isLeft;
	if (isOwn && (keys === expected || isCompared || isKept)) {
		const how = keys !== expected ? 'confirmed' : seat ? 'roll' : (old?.how ?? 'first');
		const same = old?.keys === keys;
		return {
			...{ id, name, kind, keys, recipient, verifier, changed: '' },
			how: same && old.how === 'met' ? 'met' : how,
			at: same ? old.at : now
		};
	}
	const changed = isOwn ? keys : 'forged';
	if (old) return { ...old, changed };
	// The roll knows this person by other keys than the server shows: what is known of them counts, the rest does not.
	return {
		...{ id, name: '', kind: 'named', keys: expected, recipient: '', changed, at: now },
		verifier: seat?.verifier ?? '',
		how: seat ? 'roll' : 'first'
	};
}

/**
 * Keys that were replaced by somebody who forgot a passphrase, by team and person, and up to which rev they counted: as
 * two of the team have signed, one of them a coordinator then or later.
 */
async function renewals(
	store: Store,
	rolls: ReadonlyMap<string, Roll>
): Promise<ReadonlyMap<string, { verifier: string; upTo: number }[]>> {
	const renewed = new Map<string, { verifier: string; upTo: number }[]>();
	for (const asked of await store.recoveries.filter(({ done }) => done !== '').toArray()) {
		const roll = rolls.get(asked.team);
		if (!roll) continue;
		const signers = new Map<string, Map<string, Seat>>();
		for (const { by, before, proof } of await store.approvals.where({ recovery: asked.id }).toArray()) {
			const seat = by === asked.user ? undefined : roll.seats[by];
			const fields = approvalFields(roll.instance, asked, before);
			for (const verifier of seat ? [seat.verifier, ...seat.earlier] : []) {
				if (!seat || !(await isAttested(verifier, 'approval', fields, proof))) continue;
				signers.set(before, (signers.get(before) ?? new Map<string, Seat>()).set(by, seat));
			}
		}
		for (const [verifier, by] of signers) {
			const seats = [...by.values()].filter(({ roles }) => roles.some(mayApprove));
			if (seats.length < 2 || !seats.some(({ roles }) => roles.includes('coordinator'))) continue;
			const place = `${asked.team}|${asked.user}`;
			renewed.set(place, [...(renewed.get(place) ?? []), { verifier, upTo: asked.rev }]);
		}
	}
	return renewed;
}

export type Trust = {
	ring: Ring;
	pins: ReadonlyMap<string, Pin>;
	/**
	 * The keys that check what somebody signed in a team's cases and the server took as `rev` (0: not yet); earlier ones
	 * for what came before they were replaced. None for somebody unknown.
	 */
	verifiersOf: (user: string, team: string, rev: number) => Verifiers;
	/** Whether this entry's author could write there: held its key, and had not left. */
	mayHaveWritten: (
		entry: Pick<Entry, 'author' | 'key' | 'case' | 'kind' | 'rev' | 'created'>
	) => Promise<boolean>;
};

/** Checks every key and grant on this device, or those of one case: what does not hold is not on the ring. */
export async function readTrust(
	store: Store,
	rolls: ReadonlyMap<string, Roll>,
	caseId?: string
): Promise<Trust> {
	const pins = new Map((await store.pins.toArray()).map((pin) => [pin.id, pin]));
	// Another team's roll has no say: its coordinators could sign here in anybody's name.
	const replaced = new Map(
		(await store.state.where('name').startsWith(REPLACED).toArray()).map(({ name, value }) => [name, value])
	);
	const renewed = await renewals(store, rolls);
	const verifiersOf = (user: string, team: string, rev: number): Verifiers => {
		const before = (renewed.get(`${team}|${user}`) ?? []).filter(({ upTo }) => rev <= upTo);
		const seat = rolls.get(team)?.seats[user];
		const earlier = (seat?.earlier ?? []).filter(
			(verifier) => rev <= (replaced.get(replacing(team, verifier)) ?? Infinity)
		);
		const all = [pins.get(user)?.verifier ?? '', ...(seat ? [seat.verifier, ...earlier] : [])];
		all.push(...before.map(({ verifier }) => verifier));
		return [...new Set(all)].filter((verifier) => verifier !== '');
	};
	const hand = async (
		user: string,
		team: string,
		purpose: 'key' | 'grant',
		fields: Record<string, unknown>,
		{ proof, rev }: { proof: string; rev: number }
	) => {
		for (const verifier of verifiersOf(user, team, rev)) {
			const found = await handOf(user, verifier, purpose, fields, proof);
			if (found) return found;
		}
		return null;
	};

	const known = caseId === undefined ? store.keys : store.keys.where('case').anyOf(caseId, '');
	// All at once: each proof is a short wait for the browser's own threads.
	const signed = await Promise.all(
		(await known.toArray()).map(async (key) => {
			const isFirst = key.case !== '' && (await founds(key));
			const by = await hand(key.maker, key.team, 'key', keyFields(key), key);
			// A locked device opens a new case with its person's certificate, and makes no other key.
			const isSigned = by === 'own' || (by === 'device' && isFirst);
			return { key, isFirst, counts: isSigned && (key.case !== '' || (await isCircle(key, rolls))) };
		})
	);
	const founding = new Set(signed.flatMap(({ key, isFirst }) => (isFirst ? [key.id] : [])));
	const keys = new Map(signed.flatMap(({ key, counts }) => (counts ? [[key.id, key] as const] : [])));
	const given = await store.grants
		.where('key')
		.anyOf([...keys.keys()])
		.toArray();
	const checked = await Promise.all(
		given.map(async (grant) => {
			const { id, team = '', maker } = keys.get(grant.key) ?? {};
			const by = await hand(grant.giver, team, 'grant', grantFields(grant), grant);
			// And it lets in nobody but its person and a circle.
			const isFirst = id !== undefined && founding.has(id) && grant.giver === maker;
			const isOfDevice = isFirst && (grant.user === '' || grant.user === maker);
			return by === 'own' || (by === 'device' && isOfDevice) ? [grant] : [];
		})
	);
	const grants = checked.flat();
	const cases =
		caseId === undefined ? await store.cases.toArray() : await store.cases.where({ id: caseId }).toArray();
	const teams = new Map(cases.map(({ id, team }) => [id, team]));
	const ring: Ring = { keys, founding, grants, rolls, teams };
	const genuine = new Map<string, Key[]>();

	return {
		ring,
		pins,
		verifiersOf,
		mayHaveWritten: async ({ author, key: id, case: kase, kind, rev, created }) => {
			if (!genuine.has(kase)) genuine.set(kase, keysOf(ring, kase));
			const keys = genuine.get(kase) ?? [];
			const key = keys.find((one) => one.id === id);
			if (!key) return false;
			const isReporter = key.name === 'reporter' && key.maker === author;
			// An alert is its reporter's: who holds the thread later does not speak for the one who opened it.
			if (kind === 'alert') return isReporter && key === keys[0];
			if (!isHolder(ring, key, author)) return false;
			// A seat in another team does not matter here, and who asked for advice writes in the own thread whatever
			// becomes of the seat.
			const seat = rolls.get(key.team)?.seats[author];
			if (!seat || isReporter) return true;
			if (seat.until > 0 && Date.parse(created) > seat.until) return false;
			if (seat.left === 0) return true;
			const until = (await store.state.get(leaving(key.team, author, seat.left)))?.value;
			return until === undefined || rev <= until;
		}
	};
}

/**
 * The circle to seal a team's alerts to, when its roll vouches for the newest key and that is the one the server shows;
 * else null. An older one could be somebody's who has left.
 */
export async function vouchedCircle(
	rolls: Rolls,
	team: { id: string; circle: { id: string; recipient: string } }
): Promise<{ id: string; roll: number; circle: { id: string; recipient: string } } | null> {
	const row = await rolls.roll(team.id);
	const newest = row?.roll && newestOf(row.roll, 'members');
	if (!row?.roll || row.trouble !== '' || newest?.key !== team.circle.id) return null;
	const isVouched = newest.recipient === (await textDigest(team.circle.recipient));
	return isVouched ? { id: team.id, roll: row.roll.seq, circle: team.circle } : null;
}

/** Whether the case's id is made of this key. */
const founds = async (key: Key): Promise<boolean> => (await caseIdOf(key)) === key.case;

/** A case is called after its first key and who made it: whoever knows the id knows both when they see them. */
export const caseIdOf = async ({ maker, recipient }: Pick<Key, 'maker' | 'recipient'>): Promise<string> =>
	idOfDigest(await textDigest(`heed/v2/case\n${maker}\n${recipient}`));

/** A circle's key, or the printed one, counts as the roll has it, or not at all. */
async function isCircle(key: Key, rolls: ReadonlyMap<string, Roll>): Promise<boolean> {
	const spare = [...rolls.values()].find((roll) => roll.spare?.key === key.id)?.spare;
	const expected = circleOf({ rolls }, key.id)?.circle.recipient ?? spare?.recipient;
	return expected === (await textDigest(key.recipient));
}
