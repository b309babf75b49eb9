/** Founding, joining and signing in: the acts that make secrets of a passphrase. */
import { newPair, recipientOf } from '#age';
import { fromBase64, textDigest, toBase64, type Bytes } from '../crypto/bytes';
import { derive, type Derived, type Stretch } from '../crypto/passphrase';
import { importKey, keep, keepBytes, recall, recallBytes, type Box } from '../crypto/vault';
import {
	attest,
	digestOf,
	newDeviceSigningKey,
	newSigningPair,
	signingKey,
	signingPair
} from '../crypto/proof';
import { writeLink, type SignedLink } from '../crypto/roll';
import { SPARE_BYTES, spareOf } from '../crypto/spare';
import { CIRCLES, type Locale } from '../domain/lists';
import { normaliseLogin, Secrets, type Founding, type Grant, type NewAccount } from '../domain/records';
import type { Certificate } from '../domain/envelope';
import type { Act, Roll } from '../domain/roll';
import { cardFields, keyFields, keysFields } from '../domain/signed';
import { freshId, grantTo, makeKey } from './outgoing';

/** The account's public keys are part of the context: another's secrets never open in their place. */
const contextOf = (id: string, { recipient, verifier }: { recipient: string; verifier: string }): string =>
	`heed/v2|identity|${id}|${recipient}|${verifier}`;
const vaultContext = (id: string): string => `heed/v1|vault|${id}`;

/** A new person: what goes to the server, and the secrets, which go there only wrapped. */
export async function makeAccount(
	who: { name: string; login: string; passphrase: string; locale: Locale },
	instance: string,
	stretch: Stretch
): Promise<{ account: NewAccount; secrets: Secrets }> {
	const login = normaliseLogin(who.login);
	const derived = await derive(who.passphrase, instance, login, stretch);
	return newAccount({ ...who, login, kind: 'named' }, instance, derived);
}

/** The same of secrets that are derived already. */
export async function newAccount(
	{ login, name, locale, kind }: Pick<NewAccount, 'login' | 'name' | 'locale' | 'kind'>,
	instance: string,
	{ auth, wrap }: Derived
): Promise<{ account: NewAccount; secrets: Secrets }> {
	const { secrets, recipient, verifier } = await newKeys();
	const account = { id: freshId(), login, name, locale, kind, auth, recipient, verifier };
	return { account: { ...account, ...(await cardFor(account, secrets, instance, wrap)) }, secrets };
}

/** A person's new keys: what only the person has, and what others use. */
export async function newKeys(): Promise<{ secrets: Secrets; recipient: string; verifier: string }> {
	const [pair, signing] = [await newPair(), await newSigningPair()];
	return {
		secrets: { identity: pair.identity, seed: signing.seed },
		...{ recipient: pair.recipient, verifier: signing.verifier }
	};
}

/** The person's own word that these are the account's keys, and the secrets behind them, wrapped. */
export async function cardFor(
	account: Pick<NewAccount, 'id' | 'name' | 'kind' | 'recipient' | 'verifier'>,
	secrets: Secrets,
	instance: string,
	wrap: CryptoKey
): Promise<{ proof: string; wrapped: string }> {
	return {
		proof: await attest(await signingKey(secrets.seed), 'card', cardFields(instance, account)),
		wrapped: toBase64(await keep(wrap, secrets, contextOf(account.id, account)))
	};
}

export type FoundingForm = {
	code: string;
	name: string;
	login: string;
	passphrase: string;
	locale: Locale;
	teamName: string;
	areaName: string;
	country: string;
	agencyName: string;
	sector: Founding['agency']['sector'];
};

/**
 * Everything a first coordinator brings: account, team, the circles' keys, granted to the founder and to the printed
 * recovery key, and the first links of the roll. `spare` is what the paper says: it goes nowhere else.
 */
export async function makeFounding(
	form: FoundingForm,
	stretch: Stretch,
	now: number,
	/** Of a Heed that stands already; a new one else. */
	instance = freshId()
): Promise<{ founding: Founding; spare: Bytes; secrets: Secrets }> {
	const team = freshId();
	const { account, secrets } = await makeAccount(form, instance, stretch);
	const hand = { user: account.id, key: await signingKey(secrets.seed), certificate: null };
	const keys = await digestOf(keysFields(instance, account.id, account));
	const found: Act = {
		do: 'found',
		instance,
		name: form.teamName,
		user: account.id,
		keys,
		verifier: account.verifier
	};
	const links: SignedLink[] = [];
	let roll: Roll | null = null;
	const write = async (act: Act): Promise<void> => {
		const next = await writeLink(roll, team, act, account.id, hand.key, now);
		links.push(next.link);
		roll = next.roll;
	};
	await write(found);

	const spare = crypto.getRandomValues(new Uint8Array(SPARE_BYTES));
	const paper = await spareOf(spare, instance, team);
	const spareKey = keyFields({
		...{ id: freshId(), team, case: '', name: 'recovery', before: '' },
		...{ recipient: paper.recipient, maker: account.id }
	});
	await write({
		do: 'spare',
		key: spareKey.id,
		recipient: await textDigest(paper.recipient),
		verifier: paper.verifier
	});

	const circles: Founding['circles'] = [];
	for (const name of CIRCLES) {
		const { key, pair } = await makeKey({ team, case: '', name, before: '' }, { hand });
		const { id, recipient, proof } = key;
		const grant = await grantTo({ user: account.id }, account.recipient, id, pair, hand);
		const second = await grantTo({ via: spareKey.id }, paper.recipient, id, pair, hand);
		circles.push({ id, name, recipient, proof, grant: newGrant(grant), spare: newGrant(second) });
		await write({ do: 'circle', key: id, name, recipient: await textDigest(recipient) });
	}
	const { code, teamName, areaName, country, agencyName, sector, locale } = form;
	const founding: Founding = {
		code,
		instance,
		account,
		agency: { id: freshId(), name: agencyName, sector },
		area: { id: freshId(), name: areaName, country },
		team: { id: team, name: teamName, locale, invite: newInvite() },
		membership: freshId(),
		circles,
		recovery: {
			id: spareKey.id,
			recipient: paper.recipient,
			proof: await attest(hand.key, 'key', spareKey),
			ticket: await textDigest(paper.ticket)
		},
		roll: links
	};
	return { founding, spare, secrets };
}

/** The person's secrets, when `wrap` opens them and they yield the public keys that others use; else null. */
export async function unwrap(
	{ wrap }: Pick<Derived, 'wrap'>,
	person: { id: string; wrapped: string; recipient: string; verifier: string }
): Promise<Secrets | null> {
	try {
		const kept = Secrets.parse(await recall(wrap, fromBase64(person.wrapped), contextOf(person.id, person)));
		const { verifier } = await signingPair(fromBase64(kept.seed));
		const isTheirs = (await recipientOf(kept.identity)) === person.recipient && verifier === person.verifier;
		return isTheirs ? kept : null;
	} catch {
		return null;
	}
}

/** A name and a hand of its own for a device, which the person vouches for: it signs new alerts while locked. */
export async function makeDevice(
	user: string,
	seed: string
): Promise<{ device: string; hand: CryptoKey; certificate: Certificate }> {
	const [device, { key, verifier }] = [freshId(), await newDeviceSigningKey()];
	const fields = { user, device, verifier };
	const proof = await attest(await signingKey(seed), 'device', fields);
	return { device, hand: key, certificate: { ...fields, proof } };
}

/** A device's vault key, made once, and its wrapped form. */
export async function makeVault(wrap: CryptoKey, account: string): Promise<{ key: CryptoKey; box: Box }> {
	const raw: Bytes = crypto.getRandomValues(new Uint8Array(32));
	return { key: await importKey(raw), box: await keepBytes(wrap, raw, vaultContext(account)) };
}

/** Null when the passphrase was another. */
export async function openVault(wrap: CryptoKey, box: Box, account: string): Promise<CryptoKey | null> {
	try {
		return await importKey(await recallBytes(wrap, box, vaultContext(account)));
	} catch {
		return null;
	}
}

const newGrant = ({ id, sealed, digest, proof }: Grant) => ({ id, sealed, digest, proof });

const newInvite = (): string => freshId() + freshId();
