import { setTimeout as sleep } from 'node:timers/promises';
import { backOff } from './backoff';
import type { Answer } from './hello';

export const HEARTBEAT_MS = 30_000;

export type Deps = {
	hello: () => Promise<Answer>;
	say: (line: string) => void;
	random: () => number;
	gone: AbortSignal;
	pause?: (ms: number, gone: AbortSignal) => Promise<void>;
};

/** Says hello for ever: every 30 seconds while accepted, with back-off while not. Speaks only when that changes. */
export async function makeRounds({ hello, say, random, gone, pause = untilGone }: Deps): Promise<void> {
	let failures = 0;
	let before: Answer | null = null;
	for (;;) {
		const answer = await hello();
		if (gone.aborted) return;
		if (answer !== before) say(NEWS[answer]);
		before = answer;
		failures = answer === 'accepted' ? 0 : failures + 1;
		await pause(failures === 0 ? HEARTBEAT_MS : backOff(failures, random()), gone);
	}
}

const NEWS = {
	accepted: 'connected to the server.',
	refused: 'the server does not take the courier; it tries again.',
	unreachable: 'the server does not answer; it tries again.'
} satisfies Record<Answer, string>;

async function untilGone(ms: number, gone: AbortSignal): Promise<void> {
	await sleep(ms, undefined, { signal: gone }).catch(() => undefined);
}
