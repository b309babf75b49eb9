/**
 * What is pressing, whole: an alert on the phone, the hook, the courier, a push service of our own, the real service worker,
 * ‘I have it’, and what the phone says of it; and the ladder up to the team above, where nobody has it.
 */
import { expect, test } from '@playwright/test';
import { runCourier } from '../../src/courier/courier';
import { Nudge } from '../../src/lib/domain/notice';
import * as w from '../contract/world';
import {
	makeDevice,
	makeVapid,
	networkTo,
	openEndpoint,
	type Device,
	type Endpoint
} from '../notices/endpoint';
import { deliver, shown, standIn, tap, titles, workerOf } from './push';
import { foundSecond, putWithin } from './second';
import {
	fillAlert,
	openBrowser,
	PATIENCE,
	PHONE,
	setStage,
	signIn,
	TABLET,
	type Browser,
	type Name,
	type Stage
} from './stage';

const SECRET = 'courier-secret-for-tests-that-is-long';
const STORY = 'He has a knife in his bag';
const ABOVE = 'Region Duna';
type Row = Record<string, unknown> & { id: string };
type Told = Name | 'Magda';

let stage: Stage;
let operator: w.Someone;
let endpoint: Endpoint;
let courier: Promise<void>;
let ana: Browser;
let cora: Browser;
let ids: Record<Told, string>;
const leaving = new AbortController();
const devices = new Map<Told, Device>();

test.beforeAll(async () => {
	test.setTimeout(4 * PATIENCE);
	const vapid = makeVapid();
	stage = await setStage(undefined, { HEED_COURIER_SECRET: SECRET, HEED_VAPID_PUBLIC: vapid.publicKey });
	endpoint = await openEndpoint();
	courier = runCourier(
		{
			HEED_URL: stage.server.url,
			HEED_COURIER_SECRET: SECRET,
			HEED_VAPID_PUBLIC: vapid.publicKey,
			HEED_VAPID_PRIVATE: vapid.privateKey,
			HEED_VAPID_SUBJECT: vapid.subject,
			HEED_PUSH_SERVICES: []
		},
		{
			network: networkTo(endpoint),
			sendLetter: () => Promise.resolve({ did: 'kept', why: 'no_mail' }),
			say: () => undefined,
			gone: leaving.signal
		}
	);
	await foundSecond(stage, ABOVE, 'magda');
	await putWithin(stage, ['Dunapart'], ABOVE);
	operator = await w.anOperator(stage.server);
	const users = await rows('users');
	const idOf = (login: string): string => users.find((user) => user.login === login)?.id ?? '';
	const { Ana, Bartek, Cora, Dorin, Eszter, Frieda } = stage.people;
	ids = {
		...{ Ana: idOf(Ana.login), Bartek: idOf(Bartek.login), Cora: idOf(Cora.login) },
		...{ Dorin: idOf(Dorin.login), Eszter: idOf(Eszter.login), Frieda: idOf(Frieda.login) },
		Magda: idOf('magda')
	};
	const teams = await rows('teams');
	const own = teams.find(({ name }) => name !== ABOVE);
	// Cora is on call at any time; nobody else is.
	const always = { days: [1, 2, 3, 4, 5, 6, 7], hours: { from: '00:00', to: '00:00' } };
	await w.mustBe(
		200,
		w.update(stage.server, operator, 'teams', own?.id ?? '', {
			ladder: {
				...{ zone: 'Europe/Budapest', shifts: [{ person: ids.Cora, deputy: '', ...always }] },
				...{ away: [], quiet: null, points: [], minutes: { danger: [5, 6, 10], urgent: [60, 60, 120] } }
			}
		})
	);
	for (const name of ['Dorin', 'Eszter', 'Magda'] as const) await register(name);

	ana = await openBrowser(PHONE);
	await signIn(ana.page, stage.server.url, stage.people.Ana);
	const device = makeDevice();
	devices.set('Cora', device);
	cora = await openBrowser(TABLET);
	const { endpoint: where, p256dh, auth } = device.subscription;
	await standIn(cora.context, { endpoint: where, keys: { p256dh, auth } });
	await signIn(cora.page, stage.server.url, stage.people.Cora);
});
test.afterAll(async () => {
	leaving.abort();
	await courier;
	await ana.close();
	await cora.close();
	await endpoint.close();
	await stage.close();
});

async function rows(collection: string, filter = ''): Promise<Row[]> {
	const query = new URLSearchParams({ filter, perPage: '200', skipTotal: '1' });
	const path = `/api/collections/${collection}/records?${query}`;
	const { body } = await w.mustBe(200, w.call(stage.server, 'GET', path, { as: operator }));
	return body.items as Row[];
}

/** A device that no browser here has: what is sealed for it is opened by this test. */
async function register(name: Told): Promise<void> {
	const device = makeDevice();
	devices.set(name, device);
	const { endpoint: where, p256dh, auth } = device.subscription;
	// It was tested a moment ago.
	const now = new Date().toISOString().replace('T', ' ');
	const row = { id: w.id(), user: ids[name], endpoint: where, p256dh, auth, locale: 'en', system: 'android' };
	await w.mustBe(200, w.create(stage.server, operator, 'devices', { ...row, asked: now, heard: now }));
}

/** What has arrived for somebody, opened, the oldest first. */
function arrived(name: Told): Nudge[] {
	const device = devices.get(name);
	return endpoint.received
		.filter(({ host, path }) => device?.subscription.endpoint === `https://${host}${path}`)
		.map(({ body }) => Nudge.parse(JSON.parse(device?.open(body) ?? '')));
}

/** The last one of a kind, as soon as it is there. */
async function next(name: Told, kind: Nudge['kind'], count = 1): Promise<Nudge> {
	const ofKind = () => arrived(name).filter((nudge) => nudge.kind === kind);
	await expect.poll(() => ofKind().length, `${kind} to ${name}`).toBeGreaterThanOrEqual(count);
	const [last] = ofKind().slice(-1);
	if (!last) throw new Error('nothing came');
	return last;
}

async function danger(): Promise<void> {
	await ana.page.goto(`${stage.server.url}/alert/new?at=all`);
	await fillAlert(ana.page, { place: 'Dunapart', when: 'today', story: STORY });
	await ana.page.getByLabel('Which team?').selectOption({ label: 'Dunapart' });
	await ana.page.getByRole('radio', { name: 'Somebody is in danger now' }).check();
	await ana.page.getByRole('button', { name: 'Send' }).click();
	await ana.page.waitForURL(/\/case\//);
}

const climbing = async (): Promise<
	Row & { next: string; steps: { rung: string; at: string; told: number }[] }
> => {
	const [row] = await rows('ladders', "next != ''");
	return row as Awaited<ReturnType<typeof climbing>>;
};

/** Once the server's minute has come. */
const look = () => w.mustBe(204, w.call(stage.server, 'POST', '/api/crons/ladder', { as: operator }));

/** Minutes from the last step until the next one. */
async function minutesLeft(): Promise<number> {
	const { next, steps } = await climbing();
	return Math.round((Date.parse(next) - Date.parse(steps.at(-1)?.at ?? '')) / 60_000);
}

/** The clock is moved: what is to come in some minutes is due. Before that nothing climbs. */
async function letPass(): Promise<void> {
	const { id, steps } = await climbing();
	await look();
	expect((await climbing()).steps).toEqual(steps);
	await w.mustBe(200, w.update(stage.server, operator, 'ladders', id, { next: '2026-01-01 00:00:00.000Z' }));
	await look();
}

test('whoever is on call is pushed, has it from the notification, and the phone says that a person has', async () => {
	test.setTimeout(2 * PATIENCE);
	await cora.page.goto(`${stage.server.url}/settings/notices`);
	await cora.page.getByRole('button', { name: 'Tell me on this device' }).click();
	const first = await next('Cora', 'test');
	await expect(cora.page.getByText('A test is on its way')).toBeVisible();
	await deliver(cora.page, first);
	await expect.poll(() => titles(cora.page)).toHaveLength(1);
	await expect
		.poll(async () => (await rows('devices', `user = "${ids.Cora}" && heard != ''`)).length)
		.toBe(1);
	await cora.page.reload();
	await expect(cora.page.getByText('Notices reach this device')).toBeVisible();
	await tap(workerOf(cora.context), first.tag);

	await danger();
	const nudge = await next('Cora', 'danger');
	const bodies = endpoint.received.map(({ body }) => body.length);
	expect(new Set(bodies).size).toBe(1);
	await expect(ana.page.getByText('We told who is on call.')).toBeVisible();
	await deliver(cora.page, nudge);
	await expect
		.poll(async () => (await shown(cora.page)).find(({ tag }) => tag === nudge.tag))
		.toMatchObject({ title: 'Immediate danger: please look now', actions: ['have', 'open'] });
	await tap(workerOf(cora.context), nudge.tag, 'have');
	await expect.poll(() => titles(cora.page)).toContain('Your team has been told that you have it');

	await expect(ana.page.getByText('A person has said: I have it.')).toBeVisible();
	await expect(ana.page.getByText('Seen', { exact: true }).first()).toBeVisible();
	await expect(ana.page.getByText('A person has it and takes care of it.')).toBeVisible();
	await ana.page.goto(stage.server.url);
	await expect(ana.page.getByText(/Seen by a person|A person has it/).first()).toBeVisible();

	// It has ended: nobody else is told, however long it takes.
	expect(await rows('ladders', "next != ''")).toEqual([]);
	await look();
	const [ended] = await rows('ladders', "had != ''");
	expect(ended).toMatchObject({ by: ids.Cora, steps: [{ rung: 'duty', told: 1 }] });
	for (const name of ['Dorin', 'Eszter', 'Magda'] as const) expect(arrived(name)).toEqual([]);
});

test('where nobody has it, each rung is told at its time, up to the team above', async () => {
	test.setTimeout(3 * PATIENCE);
	await danger();
	await next('Cora', 'danger', 2);
	expect(arrived('Eszter')).toEqual([]);
	expect(await minutesLeft()).toBe(5);

	await letPass();
	// Dorin may not open it: he is told that the team asks for a call, and no case.
	expect(await next('Dorin', 'call')).toMatchObject({ case: '', person: ids.Dorin });
	const [ladder] = await rows('ladders', "next != ''");
	expect(await next('Eszter', 'danger')).toMatchObject({ case: ladder?.case, person: ids.Eszter });
	await expect(ana.page.getByText('We told all contact points.')).toBeVisible();
	expect(await minutesLeft()).toBe(6);

	await letPass();
	await next('Eszter', 'danger', 2);
	await expect(ana.page.getByText('We told the coordinators.')).toBeVisible();
	expect(arrived('Magda')).toEqual([]);
	expect(await minutesLeft()).toBe(10);

	await letPass();
	const above = await next('Magda', 'above');
	expect(above).toMatchObject({ case: '', person: ids.Magda });
	await expect(ana.page.getByText('We told the team above.')).toBeVisible();
	await expect(ana.page.getByText('A person has said: I have it.')).toHaveCount(0);

	const said = { body: { token: above.token, did: 'have' } };
	await w.mustBe(204, w.call(stage.server, 'POST', '/api/heed/notices/token', said));
	await expect(ana.page.getByText('A person has said: I have it.')).toBeVisible();
	const rungs = (await rows('ladders', `id = "${ladder?.id}"`)).flatMap(({ steps }) =>
		(steps as { rung: string }[]).map(({ rung }) => rung)
	);
	expect(rungs).toEqual(['duty', 'points', 'lead', 'above']);
});
