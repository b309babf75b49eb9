/** Coming to a team by its link: an account with keys of one's own, and, for who works in the team, asking to be let in. */
import { stretchApart } from '../crypto/stretch-apart';
import type { Id } from '../domain/id';
import type { Locale } from '../domain/lists';
import type { JoinLink } from '../domain/join-link';
import { normaliseLogin } from '../domain/records';
import { fail, ok, type Result } from '../domain/result';
import { makeAccount } from '../sync/account';
import { create, freshId } from '../sync/outgoing';
import { connect } from '../sync/remote';
import { followTeam } from '../sync/trust';
import { facts, refreshFacts } from './facts';
import { device, here } from './here';
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
	if (made.is === 'refused') return fail({ kind: 'taken' });
	if (made.is === 'unreachable') return fail({ kind: 'unreachable' });
	const signedIn = await signIn(who.login, who.passphrase);
	if (!signedIn.ok) return fail({ kind: signedIn.error.kind === 'wrong' ? 'wrong' : 'unreachable' });
	return who.asks ? ask(link) : ok(undefined);
}

/** Asks a team's coordinators to be let in, by somebody who is signed in. Asking twice is asking once. */
export async function ask({ team, invite }: JoinLink): Promise<Result<undefined, JoinError>> {
	const now = await here();
	if (!now) return fail({ kind: 'wrong' });
	const request = { id: freshId(), team, user: now.session.account, answer: '', invite };
	const asked = await connect(location.origin, now.session.token).write([create('requests', request)]);
	return asked.is === 'unreachable' ? fail({ kind: 'unreachable' }) : ok(undefined);
}

/** Whether this person waits to be let in somewhere. */
export async function isWaiting(): Promise<{ team: Id; teamName: string } | null> {
	const now = await here();
	if (!now) return null;
	const mine = await now.store.requests
		.filter(({ user, answer }) => user === now.session.account && answer === '')
		.toArray();
	const [first] = mine;
	if (!first) return null;
	return { team: first.team, teamName: (await device.roll(first.team))?.roll?.name ?? '' };
}
