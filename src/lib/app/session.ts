/** Signing in, unlocking, founding: what secrets are needed for. Loaded when first asked for. */
import { textDigest } from '../crypto/bytes';
import { derive, type Derived } from '../crypto/passphrase';
import { stretchApart } from '../crypto/stretch-apart';
import { SPARE_PAPER } from '../crypto/spare';
import { keep, recall } from '../crypto/vault';
import { isTooLongAway } from '../domain/away';
import { writeWords } from '../crypto/words';
import type { Id } from '../domain/id';
import { joinPath } from '../domain/join-link';
import { normaliseLogin, type Facts, type Secrets } from '../domain/records';
import { fail, ok, type Result } from '../domain/result';
import type { Account, CodeRow } from '../store/device';
import { makeDevice, makeFounding, makeVault, openVault, unwrap, type FoundingForm } from '../sync/account';
import { connect } from '../sync/remote';
import { pinOwn } from '../sync/pins';
import { wordList } from '../words/lists';
import { adoptDrafts } from './adopt';
import { look } from './engine';
import { refreshFacts } from './facts';
import * as held from './held';
import { device, here, storeOf, unlocked } from './here';
import { idleOf } from './locking';
import { noteLoss } from './loss';
import { finishRemoval } from './removing';
import { orGiveBack, takeTry } from './tries';
import { signUp } from './sign-up';
import { workFor } from './work';
import { unproven } from './paper';

export type SignInError = {
	kind: 'wrong' | 'wait' | 'work' | 'paused' | 'unreachable' | 'not_founded';
};
/** What somebody comes in with: made of a passphrase, or of a return code. */
export type Entry = { login: string; coded: boolean; secrets: () => Promise<Derived> };

export async function signIn(typed: string, passphrase: string): Promise<Result<undefined, SignInError>> {
	const known = await founded();
	if (!known.ok) return known;
	const login = normaliseLogin(typed);
	const secrets = () => derive(passphrase, known.value.instance, login, stretchApart);
	return enter({ login, coded: false, secrets }, known.value);
}

/** The server's facts, where it can be reached or could once, and is set up. */
export async function founded(): Promise<Result<Facts, SignInError>> {
	const known = await refreshFacts();
	if (!known) return fail({ kind: 'unreachable' });
	return known.instance ? ok(known) : fail({ kind: 'not_founded' });
}

/** The one way in: the server says who it is, and the secrets say whether that is true. */
export async function enter(
	{ login, coded, secrets: make }: Entry,
	known: Facts
): Promise<Result<undefined, SignInError>> {
	const tried = await takeTry((await device.accountByLogin(login))?.id);
	if (!tried) return fail({ kind: 'wait' });
	const [derived, work] = await orGiveBack(tried, Promise.all([make(), workFor(login, known)]));
	const answer = await connect(location.origin).signIn(login, derived.auth, work);
	if (!answer.ok) {
		if (answer.error.kind !== 'wrong') await tried.giveBack();
		return fail({ kind: answer.error.kind });
	}

	const { token, record } = answer.value;
	const secrets = await unwrap(derived, record);
	if (!secrets) return fail({ kind: 'wrong' });

	const old = await device.account(record.id);
	const kept = old && (await openVault(derived.wrap, old.vault, record.id));
	const isSame = old?.verifier === record.verifier && old.recipient === record.recipient;
	// A vault that is here but does not open is never replaced: drafts may lie in it. Only new keys put it aside.
	if (old && !kept && isSame) return fail({ kind: 'wrong' });
	const vault = old && kept ? { key: kept, box: old.vault } : await makeVault(derived.wrap, record.id);
	if (old && !kept) await (await import('./aside')).setAside(storeOf(record.id), old.vault);
	const { id, recipient, verifier } = record;
	const name = coded ? '' : record.name;
	const person = { id, login, name, recipient, verifier, instance: known.instance, coded };
	await moveIn(person, { ...secrets, auth: derived.auth }, vault, { token, reached: Date.now() });
	await tried.succeeded();
	return openWith(id, vault.key);
}

/** From here on the device knows this person, and is at work for them. */
export async function moveIn(
	person: Pick<Account, 'id' | 'login' | 'name' | 'recipient' | 'verifier' | 'instance' | 'coded'>,
	{ identity, seed, auth }: Secrets & Pick<Derived, 'auth'>,
	vault: Awaited<ReturnType<typeof makeVault>>,
	{ token, reached }: { token: string; reached: number },
	code?: CodeRow
): Promise<void> {
	await finishRemoval(person.id);
	const old = await device.account(person.id);
	const isSame = old?.verifier === person.verifier && old.recipient === person.recipient;
	await noteLoss(person.id, isSame ? old : undefined);
	const store = storeOf(person.id);
	await pinOwn(store, person.instance, { ...person, kind: person.coded ? 'coded' : 'named' }, Date.now());
	await store.identities.bulkPut([
		{ id: 'me', box: await keep(vault.key, identity, 'identity|me') },
		{ id: 'sign', box: await keep(vault.key, seed, 'identity|sign') },
		{ id: 'auth', box: await keep(vault.key, auth, 'identity|auth') }
	]);
	const speaks = old && isSame ? old : await makeDevice(person.id, seed);
	const { device: name, hand, certificate } = speaks;
	await device.signIn(
		{ ...person, vault: vault.box, device: name, hand, certificate },
		{ account: person.id, token, reached, latest: Date.now() },
		code
	);
}

export type UnlockError = { kind: 'wrong' | 'wait' | 'too_long_away' };

export const unlock = (passphrase: string): Promise<Result<undefined, UnlockError>> =>
	unlockWith(({ instance, login }) => derive(passphrase, instance, login, stretchApart));

/** Works without a network, for 30 days: the secrets open the vault on the device. */
export async function unlockWith(
	secrets: (account: Account) => Promise<Pick<Derived, 'wrap'>>
): Promise<Result<undefined, UnlockError>> {
	const now = await here();
	const known = now && (await device.account(now.session.account));
	if (!known) return fail({ kind: 'wrong' });
	if (isTooLongAway(now.session, Date.now())) return fail({ kind: 'too_long_away' });
	const tried = await takeTry(known.id);
	if (!tried) return fail({ kind: 'wait' });
	const { wrap } = await orGiveBack(tried, secrets(known));
	const vault = await openVault(wrap, known.vault, known.id);
	if (!vault) return fail({ kind: 'wrong' });
	await tried.succeeded();
	return openWith(known.id, vault);
}

/** The session token ran out: while unlocked the device can sign in again by itself. A new account is made first. */
export async function signInAgain(): Promise<string | null> {
	const someone = await here();
	const row = someone && (await device.code(someone.session.account));
	if (someone && row?.signUp) return signUp(someone, row);
	const now = await unlocked();
	const known = now && (await device.account(now.session.account));
	const kept = await now?.store.identities.get('auth');
	if (!known || !kept) return null;
	const auth = String(await recall(now.vault, kept.box, 'identity|auth'));
	const facts = await refreshFacts();
	const work = facts ? await workFor(known.login, facts) : '';
	const answer = await connect(location.origin).signIn(known.login, auth, work);
	if (!answer.ok) return null;
	await device.changeSession((session) => ({ ...session, token: answer.value.token }));
	return answer.value.token;
}

export type Founded = {
	joinLink: string;
	team: Id;
	/** What the printed recovery key says, in words. Nothing keeps them but the paper. */
	paper: string[];
};

/** Founds the instance and its first team, and signs the founder in. */
export async function found(
	form: FoundingForm
): Promise<Result<Founded, { kind: 'wrong_code' | 'already' | 'unreachable' | 'refused' }>> {
	// Fetched before anything is founded: what is on the paper must be shown then.
	const list = await wordList(form.locale);
	const { founding, spare } = await makeFounding(form, stretchApart, Date.now());
	const status = await connect(location.origin).found(founding);
	if (status === 0 || status >= 500) return fail({ kind: 'unreachable' });
	if (status === 403) return fail({ kind: 'wrong_code' });
	if (status === 409) return fail({ kind: 'already' });
	if (status !== 200) return fail({ kind: 'refused' });
	await signIn(form.login, form.passphrase);
	const [first] = founding.roll;
	const fingerprint = first ? await textDigest(first.text) : '';
	const { id: team, invite } = founding.team;
	await storeOf(founding.account.id).state.put({ name: unproven(team), value: 1 });
	const paper = await writeWords(spare, SPARE_PAPER, list);
	return ok({ joinLink: location.origin + joinPath({ team, invite, fingerprint }), team, paper });
}

/** All tabs are open; what was begun while locked moves under the vault, and what came meanwhile is opened. */
export async function openWith(account: string, vault: CryptoKey): Promise<Result<undefined, never>> {
	held.open(account, vault, await idleOf(storeOf(account), account));
	await adoptDrafts();
	look();
	return ok(undefined);
}
