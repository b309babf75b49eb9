/** A courier put together: what it asks of the server, how it pushes, how it writes. */
import { randomBytes } from 'node:crypto';
import type { Letter, Nudge } from '../lib/domain/notice';
import { deliver } from './deliver';
import { type Connect, guardedAgent, KNOWN_SERVICES, type Resolve } from './guard';
import type { Outcome } from './outcome';
import { pusher } from './push';
import { serverAt } from './server';
import type { Settings } from './settings';

export type World = {
	network: { resolve: Resolve; connect: Connect };
	sendLetter: (letter: Letter, nudge: Nudge) => Promise<Outcome>;
	say: (line: string) => void;
	gone: AbortSignal;
};

/** Delivers until `gone`, and settles what it did before it resolves. */
export async function runCourier(
	settings: Settings,
	{ network, sendLetter, say, gone }: World
): Promise<void> {
	const agent = guardedAgent(network);
	const push = pusher({
		vapid: {
			publicKey: settings.HEED_VAPID_PUBLIC,
			privateKey: settings.HEED_VAPID_PRIVATE,
			subject: settings.HEED_VAPID_SUBJECT
		},
		services: [...KNOWN_SERVICES, ...settings.HEED_PUSH_SERVICES],
		agent,
		now: Date.now,
		random: Math.random
	});
	await deliver({
		by: newId(),
		server: serverAt(settings),
		push,
		sendLetter,
		say,
		random: Math.random,
		gone
	});
	agent.destroy();
}

/** 60 bits of chance in the letters that ids have. */
const newId = (): string => randomBytes(8).toString('hex').slice(0, 15);
