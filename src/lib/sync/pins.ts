/** Whose public keys this device believes, and since when. */
import { digestOf, isAttested } from '../crypto/proof';
import type { Person } from '../domain/records';
import { isSeated, type Roll } from '../domain/roll';
import { cardFields, keysFields } from '../domain/signed';
import type { Pin, Store } from '../store/person';
import { approvalsOf, isEnough } from './approvals';

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
		const approvals = await approvalsOf(store, asked, instance, (by) => {
			if (by === own?.id) return [own.verifier];
			const seat = seats[by];
			return seat && isSeated(seat, now) ? [seat.verifier] : [];
		});
		const byTwo = isEnough(approvals, (by) => (seats[by] ? [seats[by].role] : []));
		const isMine = approvals.some(({ by }) => by === own?.id);
		const from = isMine ? -Infinity : byTwo ? since.get(asked.team) : undefined;
		if (from !== undefined) compared.set(await digestOf(keysFields(instance, asked.user, asked)), from);
	}
	return compared;
}

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
