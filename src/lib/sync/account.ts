/** Founding, joining and signing in: the acts that make secrets of a passphrase. */
import { newPair, recipientOf, type Pair } from '../crypto/age';
import { fromBase64, toBase64, type Bytes } from '../crypto/bytes';
import { derive, type Derived, type Stretch } from '../crypto/passphrase';
import { importKey, keep, keepBytes, recall, recallBytes, type Box } from '../crypto/vault';
import { CIRCLES, type Locale } from '../domain/lists';
import { normaliseLogin, type Founding, type NewAccount } from '../domain/records';
import { freshId, grantTo } from './outgoing';

const contextOf = (id: string): string => `heed/v1|identity|${id}`;
const vaultContext = (id: string): string => `heed/v1|vault|${id}`;

/** A new person: what goes to the server, and the identity, which goes there only wrapped. */
export async function makeAccount(
	who: { name: string; login: string; passphrase: string; locale: Locale },
	instance: string,
	stretch: Stretch
): Promise<{ account: NewAccount; pair: Pair }> {
	const [id, login] = [freshId(), normaliseLogin(who.login)];
	const { auth, wrap } = await derive(who.passphrase, instance, login, stretch);
	const pair = await newPair();
	const wrapped = toBase64(await keep(wrap, pair.identity, contextOf(id)));
	return {
		account: { id, login, name: who.name, locale: who.locale, recipient: pair.recipient, wrapped, auth },
		pair
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

/** Everything a first coordinator brings: account, team, and the circles' keys, granted to the founder. */
export async function makeFounding(form: FoundingForm, stretch: Stretch): Promise<Founding> {
	const instance = freshId();
	const { account } = await makeAccount(form, instance, stretch);
	const circles = await Promise.all(
		CIRCLES.map(async (name) => {
			const [id, pair] = [freshId(), await newPair()];
			const grant = await grantTo({ user: account.id }, account.recipient, id, pair, account.id);
			return { id, name, recipient: pair.recipient, grant: { id: grant.id, sealed: grant.sealed } };
		})
	);
	const { code, teamName, areaName, country, agencyName, sector, locale } = form;
	return {
		code,
		instance,
		account,
		agency: { id: freshId(), name: agencyName, sector },
		area: { id: freshId(), name: areaName, country },
		team: { id: freshId(), name: teamName, locale, invite: newInvite() },
		membership: freshId(),
		circles
	};
}

/** The person's identity, when `wrap` opens it and it yields the recipient that others seal to; else null. */
export async function unwrap(
	{ wrap }: Derived,
	{ id, wrapped, recipient }: { id: string; wrapped: string; recipient: string }
): Promise<string | null> {
	try {
		const identity = String(await recall(wrap, fromBase64(wrapped), contextOf(id)));
		return (await recipientOf(identity)) === recipient ? identity : null;
	} catch {
		return null;
	}
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

const newInvite = (): string => freshId() + freshId();
