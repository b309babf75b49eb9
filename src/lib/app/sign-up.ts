/** The account behind an alert without one: made on the server when the first alert goes, and not before. */
import { recall } from '../crypto/vault';
import { NewAccount } from '../domain/records';
import type { CodeRow } from '../store/device';
import { connect } from '../sync/remote';
import { refreshFacts } from './facts';
import { device, deviceKey, type Here } from './here';
import { workFor } from './work';

export const signUpContext = (account: string): string => `sign-up|${account}`;

/**
 * Signs up, then in; the session's token, or null. Locked too, since what it needs lies under the device's key. Every
 * step may be repeated: an answer can have been lost on the way.
 */
export async function signUp({ store }: Pick<Here, 'store'>, row: CodeRow): Promise<string | null> {
	if (!row.signUp || (await store.outbox.count()) === 0) return null;
	const facts = await refreshFacts();
	const isOpen = facts?.teams.some(({ coded }) => coded) ?? false;
	// Asked once and told no: not again before a team's door is open.
	if (!facts || (row.refused && !isOpen)) return null;

	const box = await recall(await deviceKey(), row.signUp, signUpContext(row.account));
	const account = NewAccount.parse(box);
	const work = await workFor(account.login, facts);
	const remote = connect(location.origin);
	const made = await remote.signUp(account, '', work);
	if (made.is === 'unreachable') return null;
	// Refused may mean that an earlier try did arrive: then signing in works.
	const answer = await remote.signIn(account.login, account.auth, work);
	if (!answer.ok) {
		if (answer.error.kind === 'wrong') await device.changeCode(row.account, { refused: true });
		return null;
	}
	const { token, record } = answer.value;
	if (record.id !== row.account) return null;
	const now = Date.now();
	await device.changeSession((session) =>
		session.account === row.account ? { ...session, token, reached: now, latest: now } : session
	);
	// Last: what is still here after a crash is only asked for once more.
	await device.changeCode(row.account, { signUp: null, refused: false });
	return token;
}
