/** The people of these tests with keys of their own, and their team's roll as it grows. */
import { newPair, type Pair } from '../../src/lib/crypto/age';
import { textDigest } from '../../src/lib/crypto/bytes';
import type { Hand } from '../../src/lib/crypto/hand';
import { attest, digestOf, newSigningPair, signingKey } from '../../src/lib/crypto/proof';
import { writeLink, type SignedLink } from '../../src/lib/crypto/roll';
import type { Circle, Role } from '../../src/lib/domain/lists';
import type { Key, Person } from '../../src/lib/domain/records';
import { newestOf, type Act, type Link, type Roll } from '../../src/lib/domain/roll';
import { cardFields, keysFields } from '../../src/lib/domain/signed';
import { makeKey } from '../../src/lib/sync/outgoing';

export const NOON = Date.UTC(2026, 10, 18, 12);
export const [INSTANCE, TEAM] = ['instance0000000', 'team00000000000'];

/** `name` as an id: 'ana' is 'ana000000000000'. */
export const idOf = (name: string): string => name.toLowerCase().padEnd(15, '0');

export type Someone = { id: string; person: Person; pair: Pair; seed: string; hand: Hand };

export async function someone(name: string): Promise<Someone> {
	const [pair, { seed, verifier }] = [await newPair(), await newSigningPair()];
	const key = await signingKey(seed);
	const person = await signedCard({ id: idOf(name), name, recipient: pair.recipient, verifier }, key);
	return { id: person.id, person, pair, seed, hand: { user: person.id, key, certificate: null } };
}

export async function signedCard(
	shown: Pick<Person, 'id' | 'name' | 'recipient' | 'verifier'>,
	key: CryptoKey
): Promise<Person> {
	const person = { ...shown, rev: 1, kind: 'named' as const };
	return { ...person, proof: await attest(key, 'card', cardFields(INSTANCE, person)) };
}

export const publicKeys = async ({ id, person }: Someone) => ({
	user: id,
	keys: await digestOf(keysFields(INSTANCE, id, person)),
	verifier: person.verifier
});

/** A roll and the links that made it, as the server would show them. */
export class Chain {
	links: SignedLink[] = [];
	#roll: Roll | null = null;
	constructor(readonly team = TEAM) {}

	get roll(): Roll {
		if (!this.#roll) throw new Error('founded by nobody yet');
		return this.#roll;
	}

	/** Signs whatever it is told to, entitled or not. */
	async write(
		act: Act,
		{ hand }: Pick<Someone, 'hand'>,
		more: { at?: number; by?: string; hand?: Link['hand'] } = {}
	): Promise<this> {
		const { at = NOON, by = hand.user } = more;
		const next = await writeLink(this.#roll, this.team, act, by, hand.key, at, more.hand);
		this.links.push(next.link);
		this.#roll = next.roll;
		return this;
	}

	async found(by: Someone): Promise<this> {
		return this.write({ do: 'found', instance: INSTANCE, name: 'Team', ...(await publicKeys(by)) }, by);
	}

	async admit(
		who: Someone,
		role: Role,
		by: Someone,
		{ until = 0, at = NOON }: { until?: number; at?: number } = {}
	): Promise<this> {
		return this.write({ do: 'admit', ...(await publicKeys(who)), role, until, met: false }, by, { at });
	}

	end(who: Pick<Someone, 'id'>, by: Someone): Promise<this> {
		return this.write({ do: 'end', user: who.id }, by);
	}

	/** A new generation of a circle's key, put on the roll. */
	async circle(name: Circle, by: Someone): Promise<{ key: Key; pair: Pair }> {
		const before = this.#roll ? (newestOf(this.#roll, name)?.key ?? '') : '';
		const made = await makeKey({ team: this.team, case: '', name, before }, by);
		await this.put({ ...made.key, name }, by);
		return made;
	}

	async put(
		{ id, name, recipient }: Pick<Key, 'id' | 'recipient'> & { name: Circle },
		by: Someone
	): Promise<this> {
		return this.write({ do: 'circle', key: id, name, recipient: await textDigest(recipient) }, by);
	}
}
