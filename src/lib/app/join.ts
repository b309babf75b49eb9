/** Coming to a team by its link: an account with keys of one's own, and, for who works in the team, asking to be let in. */
import { stretchApart } from '../crypto/stretch-apart';
import type { Locale } from '../domain/lists';
import type { JoinLink } from '../domain/join-link';
import { normaliseLogin } from '../domain/records';
import { fail, ok, type Result } from '../domain/result';
import { makeAccount } from '../sync/account';
import { pullAll } from '../sync/inbox';
import { create, freshId } from '../sync/outgoing';
import { connect } from '../sync/remote';
import { followTeam } from '../sync/following';
import { look } from './engine';
import { facts, refreshFacts } from './facts';
import { device, here } from './here';
import { lastRequest } from './request';
import { signIn } from './session';
import { workFor } from './work';

export type JoinError = {
	/** `other_team`: the server shows a team that is not the one of the link. `taken`: login or link not accepted. */
	kind: 'unreachable' | 'not_founded' | 'other_team' | 'taken' | 'wrong';
};

/** Pins the link's team, when what the server shows has its fingerprint. Its name as the roll says it. */
export async function checkLink({
	team,
	fingerprint
}: JoinLink): Promise<Result<{ name: string; instance: string }, JoinError>> {
	const known = await refreshFacts();
	if (!known) return fail({ kind: 'unreachable' });
	if (!known.instance) return fail({ kind: 'not_founded' });
	const remote = connect(location.origin);
	const seq = (await device.roll(team))?.roll?.seq ?? 0;
	const row = await followTeam(device, remote, { id: team, roll: seq + 1 }, known.instance, fingerprint);
	if (!row) return fail({ kind: 'unreachable' });
	if (!row.roll || row.trouble !== '' || row.fingerprint !== fingerprint) return fail({ kind: 'other_team' });
	return ok({ name: row.roll.name, instance: known.instance });
}

/** Logins that were sent here and may have arrived, although no answer came. */
const unanswered = new Set<string>();

/** Makes the account and signs in; `asks` also asks the team's coordinators to be let in. */
export async function join(
	link: JoinLink,
	who: { name: string; login: string; passphrase: string; locale: Locale; asks: boolean }
): Promise<Result<undefined, JoinError>> {
	const checked = await checkLink(link);
	if (!checked.ok) return checked;
	const known = await facts();
	const [{ account }, work] = await Promise.all([
		makeAccount(who, checked.value.instance, stretchApart),
		known ? workFor(normaliseLogin(who.login), known) : ''
	]);
	const made = await connect(location.origin).signUp(account, link.invite, work);
	const login = normaliseLogin(who.login);
	if (made.is === 'unreachable') {
		unanswered.add(login);
		return fail({ kind: 'unreachable' });
	}
	// Refused may mean that an earlier try did arrive and its answer was lost: then the passphrase opens it.
	if (made.is === 'refused' && !unanswered.has(login)) return fail({ kind: 'taken' });
	const signedIn = await signIn(login, who.passphrase);
	if (!signedIn.ok) {
		if (made.is === 'refused') return fail({ kind: 'taken' });
		return fail({ kind: signedIn.error.kind === 'wrong' ? 'wrong' : 'unreachable' });
	}
	return who.asks ? ask(link) : ok(undefined);
}

/** Asks a team's coordinators to be let in, by somebody who is signed in. Asking twice is asking once. */
export async function ask({ team, invite }: JoinLink): Promise<Result<undefined, JoinError>> {
	const now = await here();
	if (!now) return fail({ kind: 'wrong' });
	const remote = connect(location.origin, now.session.token);
	const request = { id: freshId(), team, user: now.session.account, answer: '', invite };
	const asked = await remote.write([create('requests', request)]);
	if (asked.is === 'unreachable' || (await pullAll(now.store, remote))) return fail({ kind: 'unreachable' });
	look();
	return (await lastRequest(now, team))?.answer === '' ? ok(undefined) : fail({ kind: 'taken' });
}
