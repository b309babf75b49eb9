/**
 * The only door to PocketBase. It turns the world into three words: accepted, unreachable, refused.
 * No answer is believed by its status alone: a portal's page with status 200 is 'unreachable'.
 */
import PocketBase, { ClientResponseError } from 'pocketbase';
import * as z from 'zod/mini';
import { Id } from '../domain/id';
import type { Outcome, Reason } from '../domain/outbox';
import { Facts, Pull, RollPage, type Founding, type NewAccount } from '../domain/records';
import { fail, ok, type Result } from '../domain/result';
import type { PartRow, Write } from '../store/person';

const SignedIn = z.object({
	token: z.string().check(z.minLength(20)),
	record: z.object({
		id: Id,
		login: z.string(),
		name: z.string(),
		recipient: z.string(),
		verifier: z.string(),
		wrapped: z.string()
	})
});
export type SignedIn = z.infer<typeof SignedIn>;

const Refusal = z.object({ data: z.object({ work: z.object({ code: z.literal('work') }) }) });

export type Unreachable = { kind: 'unreachable'; reason: Reason };
export type Remote = ReturnType<typeof connect>;

/** A connection of one person, or of nobody yet. `base` is the origin that serves the app. */
export function connect(base: string, token = '') {
	const pb = new PocketBase(base);
	pb.autoCancellation(false);
	if (token) pb.authStore.save(token, null);
	let listening = false;

	const ask = async <T>(path: string, shape: z.ZodMiniType<T>): Promise<Result<T, Unreachable>> => {
		try {
			const parsed = shape.safeParse(await pb.send<unknown>(path, { method: 'GET' }));
			return parsed.success ? ok(parsed.data) : fail({ kind: 'unreachable', reason: 'server' });
		} catch (error) {
			return fail({ kind: 'unreachable', reason: reasonOf(error) });
		}
	};

	/** A refusal of somebody whose session has ended is not about what was sent. */
	const stillSignedIn = async (): Promise<boolean> => {
		try {
			await pb.collection('users').authRefresh({ fields: 'token' });
			return true;
		} catch (error) {
			return !(error instanceof ClientResponseError && [401, 403, 404].includes(error.status));
		}
	};

	/** Compares by digest what lies there under our id: the same is accepted, whatever the answer to the repeat was. */
	const alreadyThere = async (collection: string, id: string, digest: string): Promise<boolean> => {
		try {
			const row = await pb.collection(collection).getOne<{ digest?: string }>(id, { fields: 'digest' });
			return row.digest === digest;
		} catch {
			return false;
		}
	};

	const outcomeOf = async (
		error: unknown,
		collection: string,
		id: string,
		digest: string
	): Promise<Outcome> => {
		const status = error instanceof ClientResponseError ? error.status : 0;
		if (canPass(status)) return { is: 'unreachable', reason: reasonOf(error), ...pauseOf(error) };
		if (await alreadyThere(collection, id, digest)) return { is: 'accepted' };
		if (!(await stillSignedIn())) return { is: 'unreachable', reason: 'sign_in' };
		return { is: 'refused' };
	};

	const batchOf = (writes: readonly Write[]) => {
		const batch = pb.createBatch();
		for (const { collection, id, verb, body } of writes) {
			if (verb === 'create') batch.collection(collection).create({ ...body, id });
			else batch.collection(collection).update(id, body);
		}
		return batch;
	};

	return {
		facts: () => ask('/api/heed/facts', Facts),
		roll: (team: string, since: number) => ask(`/api/heed/roll/${team}?since=${since}`, RollPage),
		pull: (since: number) => ask(`/api/heed/pull?since=${since}`, Pull),

		/** `work` is what `findWork` found. Kind 'work': it was not taken. 'paused': there were too many tries. */
		async signIn(
			login: string,
			auth: string,
			work = ''
		): Promise<Result<SignedIn, { kind: 'wrong' | 'work' | 'paused' } | Unreachable>> {
			try {
				const sent = await pb.collection('users').authWithPassword(login, auth, shown(work));
				const answer = SignedIn.safeParse(sent);
				return answer.success ? ok(answer.data) : fail({ kind: 'unreachable', reason: 'server' });
			} catch (error) {
				const status = error instanceof ClientResponseError ? error.status : 0;
				if (lacksWork(error)) return fail({ kind: 'work' });
				if (status === 429) return fail({ kind: 'paused' });
				if (status >= 400 && !canPass(status)) return fail({ kind: 'wrong' });
				return fail({ kind: 'unreachable', reason: reasonOf(error) });
			}
		},

		async signUp({ auth, ...account }: NewAccount, invite: string, work = ''): Promise<Outcome> {
			try {
				const body = { ...account, invite, password: auth, passwordConfirm: auth };
				await pb.collection('users').create(body, shown(work));
				return { is: 'accepted' };
			} catch (error) {
				const status = error instanceof ClientResponseError ? error.status : 0;
				// Work that was not taken is done again with the next try.
				const passes = canPass(status) || lacksWork(error);
				return passes ? { is: 'unreachable', reason: reasonOf(error) } : { is: 'refused' };
			}
		},

		/** The HTTP status: 200 founded, 403 wrong code, 409 founded before, 0 no network. */
		async found(founding: Founding): Promise<number> {
			try {
				await pb.send('/api/heed/found', { method: 'POST', body: founding });
				return 200;
			} catch (error) {
				return error instanceof ClientResponseError ? error.status : 0;
			}
		},

		async sendPart({ id, bytes, fields }: PartRow): Promise<Outcome> {
			try {
				const part = new Blob([bytes], { type: 'application/octet-stream' });
				const stored = await pb
					.collection('blobs')
					.create({ ...fields, id, part: new File([part], `${id}.age`) });
				return stored.id === id ? { is: 'accepted' } : { is: 'unreachable', reason: 'server' };
			} catch (error) {
				return outcomeOf(error, 'blobs', id, String(fields.digest));
			}
		},

		/** All writes or none. `entry` is the commit mark that a repeat is recognised by. */
		async sendBatch(writes: readonly Write[], entry: string, digest: string): Promise<Outcome> {
			try {
				const answers: unknown = await batchOf(writes).send();
				if (Array.isArray(answers) && answers.length === writes.length) return { is: 'accepted' };
				return { is: 'unreachable', reason: 'server' };
			} catch (error) {
				return outcomeOf(error, 'entries', entry, digest);
			}
		},

		async fetchPart(id: string): Promise<Result<Uint8Array<ArrayBuffer>, { kind: 'gone' } | Unreachable>> {
			try {
				const answer = await fetch(`${base}/api/heed/blob/${id}`, {
					headers: { Authorization: pb.authStore.token },
					cache: 'no-store'
				});
				if (answer.status === 404) return fail({ kind: 'gone' });
				if (!answer.ok) return fail({ kind: 'unreachable', reason: 'server' });
				return ok(new Uint8Array(await answer.arrayBuffer()));
			} catch {
				return fail({ kind: 'unreachable', reason: 'network' });
			}
		},

		/**
		 * Rings when something concerns this person, and at each new connection, since missed rings are not repeated.
		 * The SDK mends a broken connection, but gives a first one up: call again whenever the server was reached.
		 */
		async bell(ring: () => void): Promise<void> {
			if (listening) return;
			listening = true;
			try {
				await pb.realtime.subscribe('PB_CONNECT', ring);
				await pb.realtime.subscribe('bell', ring);
			} catch {
				listening = false;
				await pb.realtime.unsubscribe().catch(() => undefined);
			}
		},

		use: (fresh: string) => pb.authStore.save(fresh, null),

		close: () => void pb.realtime.unsubscribe().catch(() => undefined),

		/** All writes or none, by somebody who waits for the answer: what a person does online. */
		async write(writes: readonly Write[]): Promise<Outcome> {
			try {
				const answers: unknown = await batchOf(writes).send();
				if (Array.isArray(answers) && answers.length === writes.length) return { is: 'accepted' };
				return { is: 'unreachable', reason: 'server' };
			} catch (error) {
				const status = error instanceof ClientResponseError ? error.status : 0;
				return canPass(status) ? { is: 'unreachable', reason: reasonOf(error) } : { is: 'refused' };
			}
		}
	};
}

/** Offline, signed out, throttled, or a server in trouble: all of these pass with time. */
const canPass = (status: number): boolean => [0, 401, 408, 429].includes(status) || status >= 500;

const shown = (work: string) => (work ? { headers: { 'X-Heed-Work': work } } : {});

/** Of all refusals this one is about the proof of work alone. */
const lacksWork = (error: unknown): boolean =>
	error instanceof ClientResponseError && Refusal.safeParse(error.response).success;

function reasonOf(error: unknown): Reason {
	const status = error instanceof ClientResponseError ? error.status : 0;
	if (status === 0) return 'network';
	return status === 401 ? 'sign_in' : 'server';
}

function pauseOf(error: unknown): { retryAfter?: number } {
	if (!(error instanceof ClientResponseError) || error.status !== 429) return {};
	return { retryAfter: 10_000 };
}
