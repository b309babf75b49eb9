/** Whoever asked for advice is told once that a person has opened it, however often and wherever that one has it open. */
import '../stores/browser';
import { beforeAll, expect, test, vi } from 'vitest';
import { newDeviceKey } from '../../src/lib/crypto/vault';
import type { Alert } from '../../src/lib/domain/alert';
import type { Id } from '../../src/lib/domain/id';
import { makeVault } from '../../src/lib/sync/account';
import { grantTo, makeAlert } from '../../src/lib/sync/outgoing';
import { pinPersons } from '../../src/lib/sync/pins';
import { Chain, idOf, INSTANCE, NOON, someone, TEAM, type Someone } from './people';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const alert: Alert = {
	...{ kind: 'alert', at: NOON, theme: 'hate', type: 'threat', place: 'Hall', when: '', urgency: 'soon' },
	...{ story: 'In short.', photos: [] }
};

/** As a browser has them: one at a time. */
let last: Promise<unknown> = Promise.resolve();
const never = new Promise<never>(() => undefined);
vi.stubGlobal('navigator', {
	locks: {
		request: (name: string, ...rest: unknown[]) =>
			name.startsWith('heed-say-') ? (last = last.then(rest.at(-1) as () => unknown)) : never,
		query: () => Promise.resolve({ held: [] })
	}
});

/** The app as each of two tabs has loaded it. */
async function tab() {
	vi.resetModules();
	const [acts, here, held, session] = await Promise.all([
		import('../../src/lib/app/acts'),
		import('../../src/lib/app/here'),
		import('../../src/lib/app/held'),
		import('../../src/lib/app/session')
	]);
	return { ...acts, ...here, held, ...session };
}

let tabs: Awaited<ReturnType<typeof tab>>[];
let ana: Someone, cora: Someone;
let chain: Chain;
let circle: Awaited<ReturnType<Chain['circle']>>;
beforeAll(async () => {
	tabs = [await tab(), await tab()];
	[ana, cora] = [await someone('Ana'), await someone('Cora')];
	chain = await new Chain().found(cora);
	circle = await chain.circle('members', cora);
	const vault = await makeVault(await newDeviceKey(), cora.id);
	const { name, recipient, verifier } = cora.person;
	const [first] = tabs;
	const person = { id: cora.id, login: 'cora', name, recipient, verifier, instance: INSTANCE, coded: false };
	const secrets = { identity: cora.pair.identity, seed: cora.seed, auth: 'a' };
	await first?.moveIn(person, secrets, vault, { token: 'a token', reached: Date.now() });
	await first?.device.keepRoll({
		...{ team: TEAM, roll: chain.roll, fingerprint: chain.roll.fingerprint, trouble: '' }
	});
	for (const { held } of tabs) held.open(cora.id, vault.key, 3_600_000);
});

/** A case of Ana's on the device where Cora has two tabs. */
async function arrived(): Promise<Id> {
	const team = { id: TEAM, roll: chain.roll.seq, circle: circle.key };
	const me = { recipient: ana.pair.recipient, device: idOf('phone'), hand: ana.hand };
	const { local } = await makeAlert(alert, team, me, new Map(), NOON);
	const store = tabs[0]?.storeOf(cora.id);
	const [routing] = local.cases;
	if (!store || !routing) throw new Error('an alert makes a case');
	const rev = <T extends object>(rows: readonly T[]): T[] => rows.map((row) => ({ ...row, rev: 5 }));
	await store.users.bulkPut([ana.person, cora.person]);
	await store.memberships.put({
		...{ id: idOf('seat'), rev: 5, team: TEAM, user: cora.id, agency: idOf('agency') },
		...{ role: 'coordinator', until: '', ended: '' }
	});
	const own = await grantTo({ user: cora.id }, cora.pair.recipient, circle.key.id, circle.pair, cora.hand);
	await store.cases.bulkPut(rev(local.cases));
	await store.keys.bulkPut(rev([circle.key, ...local.keys]));
	await store.grants.bulkPut(rev([own, ...local.grants]));
	await store.entries.bulkPut(rev(local.entries));
	await pinPersons(store, new Map([[TEAM, chain.roll]]), INSTANCE, NOON);
	return routing.id;
}

const told = async (id: Id): Promise<number> =>
	(await tabs[0]?.storeOf(cora.id).entries.where({ case: id }).toArray())?.filter(
		({ kind }) => kind === 'seen'
	).length ?? 0;

test('a screen that says so with all that arrives tells it once', async () => {
	const id = await arrived();
	const [one] = tabs;
	if (!one) throw new Error('there is a tab');
	const { entries } = one.storeOf(cora.id);
	const all: Promise<void>[] = [];
	for (let rev = 6; (await told(id)) === 0; rev++) {
		await entries.where({ case: id }).modify({ rev });
		all.push(one.opened(id), one.opened(id));
	}
	await Promise.all(all);
	await one.opened(id);
	expect(await told(id)).toBe(1);
});

test('two tabs that open it at once tell it once', async () => {
	const id = await arrived();
	await Promise.all(tabs.map(async ({ opened }) => opened(id)));
	expect(await told(id)).toBe(1);
});
