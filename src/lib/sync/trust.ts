/** What this device believes of cases: proofs of keys and grants checked, by the rolls and pins that it has. */
import { textDigest } from '../crypto/bytes';
import type { Verifiers } from '../crypto/envelope';
import { deviceOf, handOf } from '../crypto/hand';
import type { EntryHeader } from '../domain/envelope';
import { circleOf, isHolder, keysOf, type Ring } from '../domain/holders';
import { idOfDigest } from '../domain/new-id';
import type { Entry, Key } from '../domain/records';
import type { Roll } from '../domain/roll';
import { grantFields, keyFields } from '../domain/signed';
import type { Rolls } from '../store/device';
import type { Pin, Store } from '../store/person';
import { dropSummaries } from '../store/summaries';
import { approvalsOf, isEnough } from './approvals';
import { followTeam } from './following';
import { pinPersons } from './pins';
import type { Remote } from './remote';

/**
 * Follows the rolls of everybody's teams here, and pins whom they and the pull have brought. Where that changed whom this
 * device believes, what was taken for forged is looked at again. `me` is at work here. Says whether every roll came that
 * there is.
 */
export async function bringTrust(
	store: Store,
	rolls: Rolls & { rolls: () => Promise<ReadonlyMap<string, Roll>> },
	remote: Pick<Remote, 'roll'>,
	instance: string,
	now: number,
	me = ''
): Promise<boolean> {
	const before = await rolls.rolls();
	const teams = await store.teams.toArray();
	for (const team of teams) await followTeam(rolls, remote, team, instance);
	const followed = await rolls.rolls();
	await noteLeaving(store, followed);
	const pinned = await pinPersons(store, followed, instance, now, me);
	const grown = [...followed.values()].some(({ team, seq }) => before.get(team)?.seq !== seq);
	if (pinned || grown) await lookAgain(store);
	const missing = await Promise.all(
		teams.map(async ({ id, roll }) => {
			const row = await rolls.roll(id);
			return !row?.trouble && roll > (row?.roll?.seq ?? 0);
		})
	);
	return !missing.includes(true);
}

async function lookAgain(store: Store): Promise<void> {
	await store.transaction('rw', store.opened, store.summaries, async () => {
		const doubted = await store.opened.where({ doubted: 1 }).toArray();
		await store.opened.bulkDelete(doubted.map(({ id }) => id));
		await dropSummaries(
			store,
			doubted.map((row) => row.case)
		);
	});
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
		const approvals = await approvalsOf(store, asked, roll.instance, (by) => {
			const seat = roll.seats[by];
			return seat ? [seat.verifier, ...seat.earlier] : [];
		});
		for (const verifier of new Set(approvals.map(({ before }) => before))) {
			const by = approvals.filter(({ before }) => before === verifier);
			if (!isEnough(by, (user) => roll.seats[user]?.roles ?? [])) continue;
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
	/**
	 * Whether what a locked device signed stands where such a device has opened the case: an alert; right behind it the act
	 * that opens it further; and the first that few are told. Whoever takes the device adds nothing to what came before.
	 */
	beginsHere: (
		entry: Pick<Entry, 'key' | 'kind'>,
		header: Pick<EntryHeader, 'seq'>,
		device: string
	) => boolean;
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
	const rows = await known.toArray();
	const firsts = await founders(rows);
	// All at once: each proof is a short wait for the browser's own threads.
	const signed = await Promise.all(
		rows.map(async (key) => {
			const isFirst = firsts.includes(key) || (key.name === 'narrow' && (await isBeside(key, firsts)));
			const by = await hand(key.maker, key.team, 'key', keyFields(key), key);
			// A locked device opens a new case with its person's certificate, and makes no other key but the one beside.
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
			const { id = '', team = '', maker, proof = '' } = keys.get(grant.key) ?? {};
			const by = await hand(grant.giver, team, 'grant', grantFields(grant), grant);
			// And it lets in nobody but its person and a circle of that team, nor into a case that it has not opened itself.
			const isFirst = founding.has(id) && grant.giver === maker && deviceOf(grant.proof) === deviceOf(proof);
			const isIts = grant.user === maker || circleOf({ rolls }, grant.via)?.roll.team === team;
			const isOfDevice = isFirst && isIts;
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
		},
		beginsHere: ({ key: id, kind }, { seq }, device) => {
			const key = keys.get(id);
			if (!key || !founding.has(id) || deviceOf(key.proof) !== device) return false;
			return BEGINNING.includes(`${key.name} ${kind} ${seq}`);
		}
	};
}

/** Under which key, what, and as the how manieth: as `makeAlert` makes it. */
const BEGINNING = ['reporter alert 1', 'reporter opening 2', 'narrow names 1'];

/** Those of which their case's id is made. */
async function founders(keys: readonly Key[]): Promise<Key[]> {
	const found = await Promise.all(
		keys.map(async (key) => (key.case !== '' && (await caseIdOf(key)) === key.case ? [key] : []))
	);
	return found.flat();
}

/**
 * Whether the case's first key is called after this one, and so was made with it. Where there are two that could be the
 * first, somebody has added one, and neither counts for that.
 */
async function isBeside(
	{ case: kase, maker, before, recipient }: Key,
	firsts: readonly Key[]
): Promise<boolean> {
	const [first, ...more] = firsts.filter((one) => one.case === kase && one.name === 'reporter');
	if (!first || more.length > 0 || before !== '' || first.maker !== maker) return false;
	return first.id === (await besideId(recipient));
}

/** A case is called after its first key and who made it: whoever knows the id knows both when they see them. */
export const caseIdOf = async ({ maker, recipient }: Pick<Key, 'maker' | 'recipient'>): Promise<string> =>
	idOfDigest(await textDigest(`heed/v2/case\n${maker}\n${recipient}`));

/**
 * What the first key of a case is called where few are told more: after the key that is made for those, so that nobody adds
 * one later in the name of who opened it.
 */
export const besideId = async (recipient: string): Promise<string> =>
	idOfDigest(await textDigest(`heed/v2/beside\n${recipient}`));

/** A circle's key, or the printed one, counts as the roll has it, or not at all. */
async function isCircle(key: Key, rolls: ReadonlyMap<string, Roll>): Promise<boolean> {
	const spare = [...rolls.values()].find((roll) => roll.spare?.key === key.id)?.spare;
	const expected = circleOf({ rolls }, key.id)?.circle.recipient ?? spare?.recipient;
	return expected === (await textDigest(key.recipient));
}
