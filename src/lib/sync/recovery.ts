/** Asking for new keys and getting them, by somebody who is not signed in: plain requests, without the SDK. */
import { keep, recall, type Box } from '../crypto/vault';
import { attest, signingKey } from '../crypto/proof';
import { textDigest } from '../crypto/bytes';
import type { Derived } from '../crypto/passphrase';
import { Secrets } from '../domain/records';
import { Due, Undue } from '../domain/recovery';
import { fail, ok, type Result } from '../domain/result';
import { recoveryFields } from '../domain/signed';
import type { AskedRecovery } from '../store/device';
import { cardFor, newKeys } from './account';
import { freshId } from './outgoing';

export type Unheard = { kind: 'unreachable' | 'paused' | 'work' | 'refused' };

/** What goes to the server, and what stays here until it is finished: the secrets under `deviceKey`. */
export async function makeAsking(
	{ login, team, instance }: { login: string; team: string; instance: string },
	{ auth, wrap }: Derived,
	deviceKey: CryptoKey,
	now: number
): Promise<{ body: Record<string, string>; asked: AskedRecovery }> {
	const { secrets, recipient, verifier } = await newKeys();
	const fields = { id: freshId(), team, login, recipient, verifier };
	const key = await signingKey(secrets.seed);
	const proof = await attest(key, 'recovery', recoveryFields(instance, fields));
	const kept = { secrets, auth };
	return {
		body: { ...fields, proof, ticket: await textDigest(auth) },
		asked: {
			...fields,
			...{ instance, at: now, seen: null, brought: null, wrap },
			box: await keep(deviceKey, kept, contextOf(fields.id))
		}
	};
}

/** What only this device has of an asked recovery. */
export async function openAsked(
	{ id, box }: { id: string; box: Box },
	deviceKey: CryptoKey
): Promise<{ secrets: Secrets; auth: string }> {
	const { secrets, auth } = (await recall(deviceKey, box, contextOf(id))) as {
		secrets: unknown;
		auth: string;
	};
	return { secrets: Secrets.parse(secrets), auth };
}

const contextOf = (id: string): string => `recovery|${id}`;

/** The account's card with its new keys, and its secrets, wrapped: what the second step of finishing brings. */
export async function makeBrought(
	{ user, name, kind }: Due,
	{ instance, recipient, verifier, wrap }: AskedRecovery,
	secrets: Secrets
): Promise<{ proof: string; wrapped: string }> {
	return cardFor({ id: user, name, kind, recipient, verifier }, secrets, instance, wrap);
}

export async function ask(body: Record<string, string>, work: string): Promise<Result<undefined, Unheard>> {
	const answer = await post('ask', body, work ? { 'X-Heed-Work': work } : {});
	if (!answer) return fail({ kind: 'unreachable' });
	if (answer.status === 204) return ok(undefined);
	if (answer.status === 429) return fail({ kind: 'paused' });
	if (answer.status === 403) return fail({ kind: 'work' });
	return fail({ kind: answer.status === 400 ? 'refused' : 'unreachable' });
}

/** The first step without `brought`: whose account it is, when it is due. The second with it puts the new keys in place. */
export async function finish(
	who: { id: string; auth: string },
	brought: { proof: string; wrapped: string } | null
): Promise<Result<Due, ({ kind: 'undue' } & Undue) | { kind: 'unreachable' }>> {
	const answer = await post('finish', { ...who, ...brought });
	const said: unknown = await answer?.json().catch(() => null);
	const [due, undue] = [Due.safeParse(said), Undue.safeParse(said)];
	if (answer?.status === 200 && due.success) return ok(due.data);
	return answer?.status === 403 && undue.success
		? fail({ kind: 'undue', ...undue.data })
		: fail({ kind: 'unreachable' });
}

/** Says whether the server heard that it is taken back. */
export const withdraw = async (who: { id: string; auth: string }): Promise<boolean> =>
	(await post('withdraw', who))?.status === 204;

/** Refuses what somebody else asked, as the person on another device or as a coordinator. Says whether it is refused. */
export const refuse = async (id: string, token: string): Promise<boolean> =>
	(await post('refuse', { id }, { Authorization: token }))?.status === 204;

/** Shows the printed key's ticket: whoever has it becomes a coordinator of the team. */
export async function takeOver(
	body: { team: string; ticket: string; membership: string },
	token: string
): Promise<'done' | 'wrong' | 'paused' | 'unreachable'> {
	const answer = await post('team', body, { Authorization: token });
	if (answer?.status === 200) return 'done';
	if (answer?.status === 403) return 'wrong';
	return answer?.status === 429 ? 'paused' : 'unreachable';
}

async function post(
	step: 'ask' | 'finish' | 'withdraw' | 'refuse' | 'team',
	body: Record<string, unknown>,
	headers: Record<string, string> = {}
): Promise<Response | null> {
	try {
		return await fetch(`/api/heed/recover/${step}`, {
			method: 'POST',
			headers: { 'Content-Type': 'application/json', ...headers },
			body: JSON.stringify(body),
			cache: 'no-store'
		});
	} catch {
		return null;
	}
}
