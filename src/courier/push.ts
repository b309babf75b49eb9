/**
 * One push: contentless, sealed for one device (RFC 8291), signed for its push service (RFC 8292), and what became of it.
 * `web-push` seals and signs. Its own way of sending is not used: it reads answers of any length and connects anywhere.
 */
import { createHash } from 'node:crypto';
import { type Agent, request } from 'node:https';
import webPush from 'web-push';
import { NUDGE_BYTES, type Nudge, type NoticeKind, PRESSING, type Subscription } from '../lib/domain/notice';
import { isKnown, NotPublic } from './guard';
import type { Outcome } from './outcome';

export type Vapid = { publicKey: string; privateKey: string; subject: string };

export type Pushing = {
	vapid: Vapid;
	services: readonly string[];
	agent: Agent;
	/** ms since 1970 */
	now: () => number;
	random: () => number;
	/** ms until a push service must have answered. */
	within?: number;
};

/** A push of this nudge to this device, of use for so many seconds. Never rejects. */
export type Push = (nudge: Nudge, to: Subscription, seconds: number) => Promise<Outcome>;

type Urgency = 'normal' | 'high';
const isPressing = (kind: NoticeKind): boolean => PRESSING.some((one) => one === kind);
/** A test goes the way of what is pressing: it is to show whether that gets through to a phone that sleeps. */
const urgencyOf = (kind: NoticeKind): Urgency => (isPressing(kind) || kind === 'test' ? 'high' : 'normal');

const ANSWERED_WITHIN_MS = 15_000;
/** Push services keep nothing for longer: four weeks. */
const KEPT_SECONDS = 2_419_200;
const DAY_SECONDS = 86_400;
/** Until the next try where nobody says how long; up to a quarter longer by chance. */
const UNTOLD_SECONDS = { pressing: 15, other: 120 };
/** Signatures are good for twelve hours and used for six. */
const SIGNED_MS = 6 * 3_600_000;
const SIGNED_MOST = 100;
/** Of an answer nothing is read; so much of it is let through, so that the connection can be used again. */
const ANSWER_BYTES = 16_384;

export function pusher({ vapid, services, agent, now, random, within = ANSWERED_WITHIN_MS }: Pushing): Push {
	const sign = signer(vapid, now);

	return async (nudge, to, seconds) => {
		if (!isKnown(to.endpoint, services)) return { did: 'kept', why: 'endpoint' };
		const body = seal(nudge, to);
		if (!body) return { did: 'kept', why: 'keys' };
		const headers = {
			Authorization: sign(new URL(to.endpoint).origin),
			'Content-Encoding': 'aes128gcm',
			'Content-Type': 'application/octet-stream',
			'Content-Length': body.length,
			TTL: Math.min(seconds, KEPT_SECONDS),
			Urgency: urgencyOf(nudge.kind),
			Topic: topicOf(to.endpoint, nudge.tag)
		};
		return outcomeOf(await post(to.endpoint, { headers, body, agent, within }), nudge.kind, now(), random());
	};
}

/** What the push service knows two pushes by that say the same to the same device: the later one replaces the earlier. */
export function topicOf(endpoint: string, tag: string): string {
	return createHash('sha256').update(endpoint).update('\n').update(tag).digest('base64url').slice(0, 32);
}

/** JSON, filled up with spaces: always as long, whatever it says. */
export const payloadOf = (nudge: Nudge): string => JSON.stringify(nudge).padEnd(NUDGE_BYTES, ' ');

/** null where the device's keys are none. */
function seal(nudge: Nudge, to: Subscription): Buffer | null {
	try {
		return webPush.encrypt(to.p256dh, to.auth, payloadOf(nudge), 'aes128gcm').cipherText;
	} catch {
		return null;
	}
}

function signer(vapid: Vapid, now: () => number): (origin: string) => string {
	const signed = new Map<string, { header: string; until: number }>();
	return (origin) => {
		const known = signed.get(origin);
		if (known && known.until > now()) return known.header;
		if (signed.size >= SIGNED_MOST) signed.clear();
		const { Authorization: header } = webPush.getVapidHeaders(
			origin,
			vapid.subject,
			vapid.publicKey,
			vapid.privateKey,
			'aes128gcm',
			Math.floor((now() + 2 * SIGNED_MS) / 1000)
		);
		signed.set(origin, { header, until: now() + SIGNED_MS });
		return header;
	};
}

type Answer = { status: number; retryAfter: string } | { failed: 'timeout' | 'network' | 'address' };

function outcomeOf(answer: Answer, kind: NoticeKind, now: number, chance: number): Outcome {
	const untold = UNTOLD_SECONDS[isPressing(kind) ? 'pressing' : 'other'];
	const later = (why: string, told: number | null): Outcome => ({
		did: 'wait',
		why,
		seconds: told ?? Math.ceil(untold * (1 + chance / 4))
	});
	if ('failed' in answer) {
		return answer.failed === 'address' ? { did: 'kept', why: 'address' } : later(answer.failed, null);
	}
	const { status } = answer;
	const why = `http_${status}`;
	if (status >= 200 && status < 300) return { did: 'sent' };
	if (status === 404 || status === 410) return { did: 'gone', why };
	if (status === 429 || status >= 500) return later(why, secondsUntil(answer.retryAfter, now));
	return { did: 'kept', why };
}

/** Retry-After is seconds or a date; null for neither. From a second to a day: longer nobody is to wait in silence. */
function secondsUntil(retryAfter: string, now: number): number | null {
	const text = retryAfter.trim();
	const date = /^[a-z]{3,9},? /i.test(text) ? Date.parse(text) : NaN;
	const seconds = /^\d+$/.test(text) ? Number(text) : Math.ceil((date - now) / 1000);
	return Number.isNaN(seconds) ? null : Math.min(Math.max(seconds, 1), DAY_SECONDS);
}

type Post = { headers: Record<string, string | number>; body: Buffer; agent: Agent; within: number };

/** Follows no redirect: Node's own request does not. */
async function post(endpoint: string, { headers, body, agent, within }: Post): Promise<Answer> {
	const late = Date.now() + within;
	for (;;) {
		const answer = await once(late - Date.now());
		// A kept connection that the other side has just closed says nothing of the other side.
		if (answer !== 'stale') return answer;
	}

	function once(ms: number): Promise<Answer | 'stale'> {
		return new Promise((resolve) => {
			const ask = request(endpoint, { method: 'POST', headers, agent });
			const deadline = setTimeout(() => {
				resolve({ failed: 'timeout' });
				ask.destroy();
			}, ms);
			ask.once('close', () => clearTimeout(deadline));
			ask.on('error', (error: NodeJS.ErrnoException) => {
				if (error instanceof NotPublic) resolve({ failed: 'address' });
				else if (ask.reusedSocket && ['ECONNRESET', 'EPIPE'].includes(error.code ?? '')) resolve('stale');
				else resolve({ failed: 'network' });
			});
			ask.once('response', (response) => {
				resolve({ status: response.statusCode ?? 0, retryAfter: response.headers['retry-after'] ?? '' });
				let bytes = 0;
				response.on('error', () => undefined);
				response.on('data', (part: Buffer) => {
					bytes += part.length;
					if (bytes > ANSWER_BYTES) ask.destroy();
				});
			});
			ask.end(body);
		});
	}
}
