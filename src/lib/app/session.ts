/** Signing in, unlocking, founding: what a passphrase is needed for. Loaded when first asked for. */
import { textDigest } from '../crypto/bytes';
import { derive } from '../crypto/passphrase';
import { stretchApart } from '../crypto/stretch-apart';
import { keep, recall } from '../crypto/vault';
import { joinPath } from '../domain/join-link';
import { normaliseLogin } from '../domain/records';
import { fail, ok, type Result } from '../domain/result';
import { makeDevice, makeFounding, makeVault, openVault, unwrap, type FoundingForm } from '../sync/account';
import { connect } from '../sync/remote';
import { adoptDrafts } from './drafts';
import { device, here, storeOf, unlocked } from './here';
import { refreshFacts } from './facts';
import { workFor } from './work';

export async function signIn(
	typed: string,
	passphrase: string
): Promise<Result<undefined, { kind: 'wrong' | 'work' | 'paused' | 'unreachable' | 'not_founded' }>> {
	const known = await refreshFacts();
	if (!known) return fail({ kind: 'unreachable' });
	if (!known.instance) return fail({ kind: 'not_founded' });

	const login = normaliseLogin(typed);
	const [derived, work] = await Promise.all([
		derive(passphrase, known.instance, login, stretchApart),
		workFor(login, known)
	]);
	const answer = await connect(location.origin).signIn(login, derived.auth, work);
	if (!answer.ok) return fail({ kind: answer.error.kind });

	const { token, record } = answer.value;
	const secrets = await unwrap(derived, record);
	if (!secrets) return fail({ kind: 'wrong' });

	const old = await device.account(record.id);
	const kept = old && (await openVault(derived.wrap, old.vault, record.id));
	// A vault that is here but does not open is never replaced: drafts may lie in it.
	if (old && !kept) return fail({ kind: 'wrong' });
	const vault = old && kept ? { key: kept, box: old.vault } : await makeVault(derived.wrap, record.id);
	const store = storeOf(record.id);
	await store.identities.bulkPut([
		{ id: 'me', box: await keep(vault.key, secrets.identity, 'identity|me') },
		{ id: 'sign', box: await keep(vault.key, secrets.seed, 'identity|sign') },
		{ id: 'auth', box: await keep(vault.key, derived.auth, 'identity|auth') }
	]);
	const { id, name, recipient, verifier } = record;
	const speaks = old ?? (await makeDevice(id, secrets.seed));
	await device.signIn(
		{
			...{ id, login, name, recipient, verifier, instance: known.instance, vault: vault.box },
			...{ device: speaks.device, hand: speaks.hand, certificate: speaks.certificate }
		},
		{ account: id, token, vault: vault.key, active: Date.now() }
	);
	await adoptDrafts();
	return ok(undefined);
}

/** Works without a network: the passphrase opens the vault on the device. */
export async function unlock(passphrase: string): Promise<Result<undefined, { kind: 'wrong' }>> {
	const now = await here();
	const known = now && (await device.account(now.session.account));
	if (!known) return fail({ kind: 'wrong' });
	const { wrap } = await derive(passphrase, known.instance, known.login, stretchApart);
	const vault = await openVault(wrap, known.vault, known.id);
	if (!vault) return fail({ kind: 'wrong' });
	await device.changeSession((session) => ({ ...session, vault, active: Date.now() }));
	await adoptDrafts();
	return ok(undefined);
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

/** Founds the instance and its first team, and signs the founder in. */
export async function found(
	form: FoundingForm
): Promise<Result<{ joinLink: string }, { kind: 'wrong_code' | 'already' | 'unreachable' | 'refused' }>> {
	const { founding } = await makeFounding(form, stretchApart, Date.now());
	const status = await connect(location.origin).found(founding);
	if (status === 0 || status >= 500) return fail({ kind: 'unreachable' });
	if (status === 403) return fail({ kind: 'wrong_code' });
	if (status === 409) return fail({ kind: 'already' });
	if (status !== 200) return fail({ kind: 'refused' });
	await signIn(form.login, form.passphrase);
	const [first] = founding.roll;
	const fingerprint = first ? await textDigest(first.text) : '';
	const { id: team, invite } = founding.team;
	return ok({ joinLink: location.origin + joinPath({ team, invite, fingerprint }) });
}
