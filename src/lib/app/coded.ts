/** Alerts without an account: a return code made on this device, kept by a person, and coming back by it. */
import { newPair } from '#age';
import { deriveCode, newCode, readCode, writeCode, type Code } from '../crypto/code';
import { keep, keepBytes, recallBytes } from '../crypto/vault';
import type { Misread } from '../crypto/words';
import { LOCALES, type Locale } from '../domain/lists';
import { NAMELESS } from '../domain/records';
import { fail, ok, type Result } from '../domain/result';
import type { CodeRow } from '../store/device';
import { makeVault, newAccount } from '../sync/account';
import { wordList } from '../words/lists';
import { facts } from './facts';
import { device, deviceKey, here } from './here';
import { enter, founded, moveIn, openWith, unlockWith, type SignInError, type UnlockError } from './session';
import { signUpContext } from './sign-up';

/** `lost`: it lies on this device no more, and has to be typed. */
export type CodeError = Misread | { kind: 'lost' };

/** For before `begin`: what makes keys has come over the line, and has made some once. */
export async function prepare(): Promise<void> {
	await newPair();
}

/**
 * A new account that nobody but this device knows, and that is at work from here on. Needs no network. Until the code
 * was kept, the device's own key opens it: whoever writes first must not lose anything for not having pen and paper.
 */
export async function begin(locale: Locale): Promise<Result<undefined, { kind: 'closed' }>> {
	const known = await facts();
	if (!known?.instance || !known.teams.some(({ coded }) => coded)) return fail({ kind: 'closed' });
	const code = newCode((bytes) => crypto.getRandomValues(bytes));
	const { login, ...derived } = await deriveCode(code, known.instance);
	const { account, secrets } = await newAccount(
		{ login, name: NAMELESS, locale, kind: 'coded' },
		known.instance,
		derived
	);
	const vault = await makeVault(derived.wrap, account.id);
	const key = await deviceKey();
	const row: CodeRow = {
		account: account.id,
		made: Date.now(),
		code: await keepBytes(key, code, codeContext(account.id)),
		signUp: await keep(key, account, signUpContext(account.id)),
		refused: false
	};
	const { id, recipient, verifier } = account;
	const person = { id, login, name: '', recipient, verifier, instance: known.instance, coded: true };
	await moveIn(person, { ...secrets, auth: derived.auth }, vault, { token: '', reached: NEVER_AWAY }, row);
	return openWith(id, vault.key);
}

/** Signs in with the words that somebody typed, or with those that lie here (null). The same way as with a passphrase. */
export async function comeBack(
	typed: string | null
): Promise<Result<undefined, CodeError | SignInError | UnlockError>> {
	const code = await read(typed);
	if (!code.ok) return code;
	const known = await founded();
	if (!known.ok) return known;
	const { login, ...derived } = await deriveCode(code.value, known.value.instance);
	const account = await device.accountByLogin(login);
	const row = account && (await device.code(account.id));
	if (!row?.signUp)
		return enter({ login, coded: true, secrets: () => Promise.resolve(derived) }, known.value);
	// The server does not know this account yet.
	await atWork(row);
	return unlocks(code.value);
}

/** Opens what lies on this device, as `comeBack` reads the words. */
export async function unlockByCode(
	typed: string | null
): Promise<Result<undefined, CodeError | UnlockError>> {
	const code = await read(typed);
	return code.ok ? unlocks(code.value) : code;
}

/** Goes on with an account whose code lies here, after somebody else was at work. */
export async function resume(id: string): Promise<void> {
	const row = await device.code(id);
	if (!row?.code) return;
	await atWork(row);
	// Where it does not open, the page behind this asks for what is missing.
	await unlockByCode(null);
}

/** What was written here without an account and opens without words, the newest first. `made` in ms. */
export async function resumable(): Promise<{ id: string; made: number }[]> {
	const rows = (await device.codes()).filter(({ code }) => code !== null);
	return rows.map(({ account: id, made }) => ({ id, made })).sort((a, b) => b.made - a.made);
}

/** The ten words in a language; null when there is nothing to keep any more. */
export async function returnCode(locale: Locale): Promise<string[] | null> {
	const code = await read(null);
	return code.ok ? (await writeCode(code.value, await wordList(locale))).split(' ') : null;
}

/** The words were asked for, and were right: from here on this device does not have them. */
export async function keepCode(): Promise<void> {
	const now = await here();
	if (now) await device.changeCode(now.session.account, { code: null });
}

/** Of an account that the server does not know nothing can have been withdrawn meanwhile. */
const NEVER_AWAY = Infinity;

const codeContext = (account: string): string => `code|${account}`;

const unlocks = (code: Code): Promise<Result<undefined, UnlockError>> =>
	unlockWith(({ instance }) => deriveCode(code, instance));

async function read(typed: string | null): Promise<Result<Code, CodeError>> {
	if (typed !== null) return readCode(typed, await Promise.all(LOCALES.map(wordList)));
	const row = await device.code((await here())?.session.account ?? '');
	if (!row?.code) return fail({ kind: 'lost' });
	return ok((await recallBytes(await deviceKey(), row.code, codeContext(row.account))) as Code);
}

async function atWork({ account: id, signUp, made }: CodeRow): Promise<void> {
	const account = await device.account(id);
	if (!account || (await here())?.session.account === id) return;
	const reached = signUp ? NEVER_AWAY : made;
	await device.signIn(account, { account: id, token: '', reached, latest: Date.now() });
}
