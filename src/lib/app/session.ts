/** Signing in, unlocking, founding: what a passphrase is needed for. Loaded when first asked for. */
import { textDigest } from '../crypto/bytes';
import { derive } from '../crypto/passphrase';
import { stretchApart } from '../crypto/stretch-apart';
import { SPARE_PAPER } from '../crypto/spare';
import { keep, recall } from '../crypto/vault';
import { isTooLongAway } from '../domain/away';
import { writeWords } from '../crypto/words';
import type { Id } from '../domain/id';
import { joinPath } from '../domain/join-link';
import { normaliseLogin } from '../domain/records';
import { fail, ok, type Result } from '../domain/result';
import { makeDevice, makeFounding, makeVault, openVault, unwrap, type FoundingForm } from '../sync/account';
import { connect } from '../sync/remote';
import { wordList } from '../words/lists';
import { adoptDrafts } from './drafts';
import { ring } from './engine';
import { refreshFacts } from './facts';
import * as held from './held';
import { device, here, storeOf, unlocked } from './here';
import { idleOf } from './locking';
import { takeTry } from './tries';
import { workFor } from './work';
import { unproven } from './paper';

export async function signIn(
	typed: string,
	passphrase: string
): Promise<
	Result<undefined, { kind: 'wrong' | 'wait' | 'work' | 'paused' | 'unreachable' | 'not_founded' }>
> {
	const known = await refreshFacts();
	if (!known) return fail({ kind: 'unreachable' });
	if (!known.instance) return fail({ kind: 'not_founded' });

	const login = normaliseLogin(typed);
	const tried = await takeTry((await device.accountByLogin(login))?.id);
	if (!tried) return fail({ kind: 'wait' });
	const [derived, work] = await Promise.all([
		derive(passphrase, known.instance, login, stretchApart),
		workFor(login, known)
	]);
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
	const store = storeOf(record.id);
	if (old && !kept) await (await import('./aside')).setAside(store, old.vault);
	await store.identities.bulkPut([
		{ id: 'me', box: await keep(vault.key, secrets.identity, 'identity|me') },
		{ id: 'sign', box: await keep(vault.key, secrets.seed, 'identity|sign') },
		{ id: 'auth', box: await keep(vault.key, derived.auth, 'identity|auth') }
	]);
	const { id, name, recipient, verifier } = record;
	const speaks = old && isSame ? old : await makeDevice(id, secrets.seed);
	await device.signIn(
		{
			...{ id, login, name, recipient, verifier, instance: known.instance, vault: vault.box },
			...{ device: speaks.device, hand: speaks.hand, certificate: speaks.certificate }
		},
		{ account: id, token, reached: Date.now(), latest: Date.now() }
	);
	await tried.succeeded();
	return openWith(id, vault.key);
}

/** Works without a network, for 30 days: the passphrase opens the vault on the device. */
export async function unlock(
	passphrase: string
): Promise<Result<undefined, { kind: 'wrong' | 'wait' | 'too_long_away' }>> {
	const now = await here();
	const known = now && (await device.account(now.session.account));
	if (!known) return fail({ kind: 'wrong' });
	if (isTooLongAway(now.session, Date.now())) return fail({ kind: 'too_long_away' });
	const tried = await takeTry(known.id);
	if (!tried) return fail({ kind: 'wait' });
	const { wrap } = await derive(passphrase, known.instance, known.login, stretchApart);
	const vault = await openVault(wrap, known.vault, known.id);
	if (!vault) return fail({ kind: 'wrong' });
	await tried.succeeded();
	return openWith(known.id, vault);
}

/** The session token ran out: while unlocked the device can sign in again by itself. */
export async function signInAgain(): Promise<string | null> {
	const now = await unlocked();
	const known = now && (await device.account(now.session.account));
	const row = await now?.store.identities.get('auth');
	if (!known || !row) return null;
	const auth = String(await recall(now.vault, row.box, 'identity|auth'));
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
async function openWith(account: string, vault: CryptoKey): Promise<Result<undefined, never>> {
	held.open(account, vault, await idleOf(storeOf(account), account));
	await adoptDrafts();
	ring();
	return ok(undefined);
}
