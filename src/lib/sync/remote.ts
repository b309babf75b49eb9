/**
 * The only door to PocketBase. It turns the world into three words: accepted, unreachable, refused.
 * No answer is believed by its status alone: a portal's page with status 200 is 'unreachable'.
 */
import PocketBase, { ClientResponseError } from 'pocketbase';
import * as z from 'zod/mini';
import { Id } from '../domain/id';
import { MyNotices, Points } from '../domain/notice';
import type { Outcome, Reason, Write } from '../domain/outbox';
import { Facts, Pull, RollPage, type Founding, type NewAccount } from '../domain/records';
import { fail, ok, type Result } from '../domain/result';
import type { PartRow } from '../store/person';
import { patience } from './patience';

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
	pb.afterSend = hear;
	if (token) pb.authStore.save(token, null);
	let listening = false;
	const waits = patience();

	/** No answer is waited for longer than `ms`, nor after closing. */
	const within = (ms: number): { signal: AbortSignal } => ({ signal: waits.within(ms) });
	// A request that nobody gives up stops all that comes after it.
	pb.beforeSend = (url, options) => ({
		url,
		options: { ...options, ...(options.signal ? {} : within(PATIENCE)) }
	});

	const ask = async <T>(path: string, shape: z.ZodMiniType<T>): Promise<Result<T, Unreachable>> => {
		try {
			const parsed = shape.safeParse(await pb.send<unknown>(path, { method: 'GET' }));
			return parsed.success ? ok(parsed.data) : fail({ kind: 'unreachable', reason: 'server' });
		} catch (error) {
			return fail({ kind: 'unreachable', reason: reasonOf(error) });
		}
	};

	/**
	 * What a refusal means. What lies there already under our id, with the same digest, is accepted, whatever the answer to
	 * the repeat was; and a refusal of somebody whose session has ended is not about what was sent. As long as neither can
	 * be told, nothing was refused.
	 */
	const outcomeOf = async (
		error: unknown,
		collection: string,
		id: string,
		digest: string
	): Promise<Outcome> => {
		if (canPass(statusOf(error))) return unreachable(error);
		try {
			const row = await pb.collection(collection).getOne<{ digest?: string }>(id, { fields: 'digest' });
			if (row.digest === digest) return { is: 'accepted' };
		} catch (missing) {
			if (canPass(statusOf(missing))) return unreachable(missing);
		}
		try {
			await pb.collection('users').authRefresh({ fields: 'token' });
		} catch (ended) {
			if (canPass(statusOf(ended))) return unreachable(ended);
			if ([403, 404].includes(statusOf(ended))) return { is: 'unreachable', reason: 'sign_in' };
		}
		return { is: 'refused' };
	};

	const batchOf = (writes: readonly Write[]) => {
		const batch = pb.createBatch();
		for (const { collection, id, verb, body } of writes) {
			if (verb === 'create') batch.collection(collection).create({ ...body, id }, BRIEF);
			else batch.collection(collection).update(id, body, BRIEF);
		}
		return batch;
	};

	return {
		facts: () => ask('/api/heed/facts', Facts),
		roll: (team: string, since: number) => ask(`/api/heed/roll/${team}?since=${since}`, RollPage),
		pull: (since: number) => ask(`/api/heed/pull?since=${since}`, Pull),
		points: (team: string) => ask(`/api/heed/notices/points/${team}`, Points),
		/** ‘I have it’: stops a ladder. Saying it again is no harm. */
		async have(ladder: string): Promise<Outcome> {
			try {
				await pb.send(`/api/heed/ladder/${ladder}/have`, { method: 'POST' });
				return { is: 'accepted' };
			} catch (error) {
				return canPass(statusOf(error)) ? unreachable(error) : { is: 'refused' };
			}
		},

		myNotices: () => ask('/api/heed/notices/mine', MyNotices),

		/** What a person sets about notices, by its path under /api/heed/notices/. The HTTP status; 0 where no answer was ours. */
		async setNotices(method: 'PUT' | 'POST' | 'DELETE', path: string, body?: object): Promise<number> {
			try {
				await pb.send(`/api/heed/notices/${path}`, { method, body });
				return 204;
			} catch (error) {
				return statusOf(error);
			}
		},

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
				const status = statusOf(error);
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
				const status = statusOf(error);
				// Work that was not taken is done again with the next try.
				const passes = canPass(status) || lacksWork(error);
				return passes ? { is: 'unreachable', reason: reasonOf(error) } : { is: 'refused' };
			}
		},

		/** The HTTP status: 200 founded, 403 wrong code, 409 founded before, 0 no network. */
		async found(founding: Founding): Promise<number> {
			try {
				await pb.send('/api/heed/found', { method: 'POST', body: founding, ...within(LONG_PATIENCE) });
				return 200;
			} catch (error) {
				return statusOf(error);
			}
		},

		async sendPart({ id, bytes, fields }: PartRow): Promise<Outcome> {
			try {
				const part = new Blob([bytes], { type: 'application/octet-stream' });
				const stored = await pb
					.collection('blobs')
					.create({ ...fields, id, part: new File([part], `${id}.age`) }, within(LONG_PATIENCE));
				return stored.id === id ? { is: 'accepted' } : { is: 'unreachable', reason: 'server' };
			} catch (error) {
				return outcomeOf(error, 'blobs', id, String(fields.digest));
			}
		},

		/** All writes or none. `entry` is the commit mark that a repeat is recognised by. */
		async sendBatch(writes: readonly Write[], entry: string, digest: string): Promise<Outcome> {
			try {
				const answers: unknown = await batchOf(writes).send(within(LONG_PATIENCE));
				if (Array.isArray(answers) && answers.length === writes.length) return { is: 'accepted' };
				return { is: 'unreachable', reason: 'server' };
			} catch (error) {
				return outcomeOf(error, 'entries', entry, digest);
			}
		},

		/** The writes of several batches, all or none. Refused says nothing of any one of them. */
		async sendTogether(writes: readonly Write[]): Promise<Outcome> {
			try {
				const answers: unknown = await batchOf(writes).send(within(LONG_PATIENCE));
				if (Array.isArray(answers) && answers.length === writes.length) return { is: 'accepted' };
				return { is: 'unreachable', reason: 'server' };
			} catch (error) {
				return canPass(statusOf(error)) ? unreachable(error) : { is: 'refused' };
			}
		},

		async fetchPart(id: string): Promise<Result<Uint8Array<ArrayBuffer>, { kind: 'gone' } | Unreachable>> {
			try {
				const answer = await fetch(`${base}/api/heed/blob/${id}`, {
					headers: { Authorization: pb.authStore.token },
					cache: 'no-store',
					...within(LONG_PATIENCE)
				});
				const isBytes = answer.headers.get('Content-Type') === 'application/octet-stream';
				if (answer.ok && !isBytes) return fail({ kind: 'unreachable', reason: 'portal' });
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

		/** What no answer came for yet is given up: it counts as unreachable. */
		close: () => {
			waits.end();
			void pb.realtime.unsubscribe().catch(() => undefined);
		},

		/** All writes or none, by somebody who waits for the answer: what a person does online. */
		async write(writes: readonly Write[]): Promise<Outcome> {
			try {
				const answers: unknown = await batchOf(writes).send(within(LONG_PATIENCE));
				if (Array.isArray(answers) && answers.length === writes.length) return { is: 'accepted' };
				return { is: 'unreachable', reason: 'server' };
			} catch (error) {
				const status = statusOf(error);
				return canPass(status) ? { is: 'unreachable', reason: reasonOf(error) } : { is: 'refused' };
			}
		}
	};
}

/** Offline, signed out, throttled, or a server in trouble: all of these pass with time. */
const canPass = (status: number): boolean => [0, 401, 408, 429].includes(status) || status >= 500;

/** Without it the answer brings back all that was sent, on a line that may be thin. */
const BRIEF = { fields: 'id' };

const shown = (work: string) => (work ? { headers: { 'X-Heed-Work': work } } : {});

/** Of all refusals this one is about the proof of work alone. */
const lacksWork = (error: unknown): boolean =>
	error instanceof ClientResponseError && Refusal.safeParse(error.response).success;

const statusOf = (error: unknown): number => (error instanceof ClientResponseError ? error.status : 0);

function reasonOf(error: unknown): Reason {
	if (error instanceof ClientResponseError && error.originalError instanceof Elsewhere) return 'portal';
	const status = statusOf(error);
	if (status === 0) return 'network';
	return status === 401 ? 'sign_in' : 'server';
}

function unreachable(error: unknown): Outcome {
	return { is: 'unreachable', reason: reasonOf(error), ...pauseOf(error) };
}

function pauseOf(error: unknown): { retryAfter?: number } {
	const told = error instanceof ClientResponseError ? Told.safeParse(error.response) : null;
	if (told?.success) return { retryAfter: told.data.retryAfter };
	return statusOf(error) === 429 ? { retryAfter: 10_000 } : {};
}

/** ms until an answer must be there: long for what is long itself, at 4 kB a second. */
const PATIENCE = 30_000;
const LONG_PATIENCE = 90_000;

/** Something answered that is not Heed's server, as the page of a hotel's network does. */
class Elsewhere extends Error {}

/** What the answer's head said, put where the SDK keeps the answer's body. In ms. */
const Told = z.object({ retryAfter: z.number() });

/**
 * Looks at each answer before it is believed. A server in trouble may have a page of its proxy's; any other page is not
 * ours, whatever its status. What is cut off in the middle has no body here, and fails its schema.
 */
function hear({ status, headers }: Response, body: unknown): unknown {
	const isJson = headers.get('Content-Type')?.startsWith('application/json') ?? false;
	if (status < 500 && status !== 204 && !isJson) throw new Elsewhere();
	const wait = headers.get('Retry-After');
	if (status < 400 || wait === null) return body;
	const ms = /^\d+$/.test(wait) ? Number(wait) * 1000 : Date.parse(wait) - Date.now();
	return Number.isFinite(ms) ? { ...(body as object), retryAfter: Math.max(0, ms) } : body;
}
