/** A forgotten passphrase: asking for new keys on this device, and taking them when others have approved. */
import { digestOf } from '../crypto/proof';
import { derive } from '../crypto/passphrase';
import { stretchApart } from '../crypto/stretch-apart';
import type { Id } from '../domain/id';
import { fail, ok, type Result } from '../domain/result';
import { recoveryFields } from '../domain/signed';
import type { AskedRecovery } from '../store/device';
import { ask, finish, makeAsking, makeBrought, openAsked, withdraw, type Unheard } from '../sync/recovery';
import { digitsOf } from './digits';
import { facts, refreshFacts } from './facts';
import { device, deviceKey } from './here';
import { workFor } from './work';

export type MyRecovery =
	| {
			is: 'asked';
			login: string;
			teamName: string;
			/** To be read aloud. */
			digits: string;
			/** Of two. */
			approvals: number;
			/** ms: from when on it can be finished, as far as that is known. */
			after: number;
			refused: boolean;
	  }
	| { is: 'done'; login: string };

/** What was asked on this device, or null. */
export async function myRecovery(): Promise<MyRecovery | null> {
	const kept = await device.get('recovery');
	if (kept?.is !== 'asked') return kept;
	const { asked } = kept;
	const { login, team, instance, seen, at } = asked;
	const teamName =
		(await device.roll(team))?.roll?.name ?? (await facts())?.teams.find(({ id }) => id === team)?.name ?? '';
	return {
		...{ is: 'asked', login, teamName },
		digits: digitsOf(await digestOf(recoveryFields(instance, asked))),
		approvals: seen?.approvals ?? 0,
		after: seen?.after ? Date.parse(seen.after.replace(' ', 'T')) : at + (seen?.minutes ?? 0) * 60_000,
		refused: seen?.code === 'refused' || seen?.code === 'done'
	};
}

/** Makes new keys, and asks the team for them. `login` is normalised. Whether there is such a login is not told. */
export async function askForKeys(
	login: string,
	team: Id,
	passphrase: string
): Promise<Result<undefined, Unheard | { kind: 'not_founded' }>> {
	const known = await refreshFacts();
	if (!known) return fail({ kind: 'unreachable' });
	const { instance } = known;
	if (!instance) return fail({ kind: 'not_founded' });
	const [derived, work] = await Promise.all([
		derive(passphrase, instance, login, stretchApart),
		workFor(login, known)
	]);
	const { body, asked } = await makeAsking({ login, team, instance }, derived, await deviceKey(), Date.now());
	const heard = await ask(body, work);
	if (!heard.ok) return heard;
	await device.set('recovery', { is: 'asked', asked });
	await checkRecovery();
	return ok(undefined);
}

let checking: Promise<void> | undefined;

/** Asks how far it is, and finishes it when it is due. Both steps are repeated until an answer came. */
export function checkRecovery(): Promise<void> {
	return (checking ??= check().finally(() => (checking = undefined)));
}

async function check(): Promise<void> {
	const kept = await device.get('recovery');
	if (kept?.is !== 'asked') return;
	const { asked } = kept;
	const { secrets, auth } = await openAsked(asked, await deviceKey());
	const who = { id: asked.id, auth };
	const due = await finish(who, null);
	if (!due.ok) {
		if (due.error.kind === 'undue') await see({ ...asked, seen: due.error });
		return;
	}
	// Made once: the server takes the same again, and nothing else.
	const brought = asked.brought ?? (await makeBrought(due.value, asked, secrets));
	await see({ ...asked, brought });
	const done = await finish(who, brought);
	if (done.ok) await device.set('recovery', { is: 'done', login: asked.login });
	else if (done.error.kind === 'undue') await see({ ...asked, brought, seen: done.error });
}

/** Unless it was taken back meanwhile, in another tab. */
async function see(asked: AskedRecovery): Promise<void> {
	const kept = await device.get('recovery');
	if (kept?.is === 'asked' && kept.asked.id === asked.id)
		await device.set('recovery', { is: 'asked', asked });
}

/** Nobody can approve it any more. False when the server did not hear it. */
export async function takeBack(): Promise<boolean> {
	const kept = await device.get('recovery');
	if (kept?.is !== 'asked') return true;
	const { auth } = await openAsked(kept.asked, await deviceKey());
	if (!(await withdraw({ id: kept.asked.id, auth }))) return false;
	await device.forget('recovery');
	return true;
}

/** It was read that it is done, or refused. */
export const forgetRecovery = (): Promise<void> => device.forget('recovery');
