/** What is in the outbox, as the courier and the operator see it. */
import type { LeaseAnswer } from '../../src/lib/domain/notice';
import * as w from './world';
import { call, id, type Someone, type World } from './world';

/** Made-up places where a push may go in these tests. */
export const PUSH_ENV = { HEED_PUSH_SERVICES: 'push.heed.test', HEED_VAPID_PUBLIC: 'B'.repeat(87) };
const SECRET = { 'X-Heed-Courier': 'courier-secret-for-tests' };

export const hours = (count: number): number => count * 60 * 60 * 1000;
export const minutes = (count: number): number => count * 60 * 1000;
/** As PocketBase writes times: `ms` from now. */
export const fromNow = (ms: number): string => new Date(Date.now() + ms).toISOString().replace('T', ' ');
export const msOf = (time: unknown): number => Date.parse(String(time).replace(' ', 'T'));

export const aSubscription = (path = id()) => ({
	endpoint: `https://push.heed.test/${path}`,
	p256dh: 'B'.repeat(87),
	auth: w.password().slice(0, 22)
});
export const aDevice = (more: Record<string, unknown> = {}) => ({
	id: id(),
	subscription: aSubscription(),
	locale: 'pl',
	system: 'android',
	...more
});

/** Everything that the tests of notices do with a world. */
export function outbox(world: World, operator: Someone) {
	const { server } = world;
	const records = (collection: string) => `/api/collections/${collection}/records`;
	const all = async (collection: string): Promise<w.Row[]> => {
		const path = `${records(collection)}?perPage=1000&skipTotal=1&sort=@rowid`;
		return (await w.mustBe(200, call(server, 'GET', path, { as: operator }))).body.items ?? [];
	};
	const patch = (collection: string, row: string, body: unknown) =>
		w.mustBe(200, w.update(server, operator, collection, row, body));
	return {
		all,
		patch,
		/** Takes everything out of these, so that a test sees its own. */
		empty: async (...collections: string[]) => {
			for (const name of collections)
				await w.mustBe(204, call(server, 'DELETE', `/api/collections/${name}/truncate`, { as: operator }));
		},
		/** What waits for somebody, newest last. */
		waiting: async (who?: Someone) =>
			(await all('notices')).filter(
				({ state, user }) => state === 'waiting' && (who === undefined || user === who.id)
			),
		register: async (who: Someone, more: Record<string, unknown> = {}) => {
			const device = aDevice(more);
			await w.mustBe(204, call(server, 'PUT', '/api/heed/notices/device', { as: who, body: device }));
			return device;
		},
		/** Gives somebody a confirmed address. */
		mail: async (who: Someone, address = `${who.account.login}@heed.invalid`) => {
			await w.mustBe(204, call(server, 'PUT', '/api/heed/notices/mail', { as: who, body: { address } }));
			const row = (await all('wishes')).find(({ user }) => user === who.id);
			await w.mustBe(204, call(server, 'POST', '/api/heed/notices/confirm', { body: { code: row?.code } }));
			return address;
		},
		wish: (who: Someone, more: Record<string, unknown>) =>
			call(server, 'PUT', '/api/heed/notices/wishes', {
				as: who,
				body: { noPush: [], noMail: [], quiet: null, zone: 'Europe/Warsaw', ...more }
			}),
		lease: async (
			by: string,
			{ most = 100, urgent = false, without = [] as string[] } = {}
		): Promise<LeaseAnswer> => {
			const body = { by, most, urgent, without };
			const answer = await w.mustBe(
				200,
				call(server, 'POST', '/api/heed/courier/lease', { body, headers: SECRET })
			);
			return answer.body as unknown as LeaseAnswer;
		},
		settle: (by: string, ...settled: unknown[]) =>
			w.mustBe(
				204,
				call(server, 'POST', '/api/heed/courier/settle', { body: { by, settled }, headers: SECRET })
			),
		cron: async () => {
			// The server runs it beside this.
			await w.mustBe(204, call(server, 'POST', '/api/crons/ladder', { as: operator }));
		},
		token: (token: unknown, did: string) =>
			call(server, 'POST', '/api/heed/notices/token', { body: { token, did } })
	};
}
export type Outbox = ReturnType<typeof outbox>;

/** An alert of this urgency, with what the batch may bring beside it. */
export function anAlertOf(world: World, reporter: Someone, urgency: string, circle?: string) {
	const alert = w.anAlert(world, reporter, circle);
	Object.assign(alert.kase, { urgency });
	return alert;
}

export async function report(world: World, reporter: Someone, urgency: string, circle?: string) {
	const alert = anAlertOf(world, reporter, urgency, circle);
	await w.mustBe(200, w.batch(world.server, reporter, alert.requests));
	return alert;
}

/** Says something of a kind in a case. */
export const say = async (
	world: World,
	who: Someone,
	{ kase, key }: { kase: { id: string }; key: { id: string } },
	kind: string
) => w.mustBe(200, w.create(world.server, who, 'entries', { ...w.anEntry(who, kase.id, key.id), kind }));

/** Waits until it holds; the crons run beside the tests. */
export async function until(what: () => Promise<boolean>, within = 5000): Promise<void> {
	const deadline = Date.now() + within;
	while (!(await what())) {
		if (Date.now() > deadline) throw new Error('it did not come to that');
		await new Promise((resolve) => setTimeout(resolve, 20));
	}
}
