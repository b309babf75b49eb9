/** In which of the two ways that a team's form comes to a device it is heard last. */
import 'fake-indexeddb/auto';
import { beforeEach, expect, test, vi } from 'vitest';
import { form, forms } from '../../src/lib/app/form';
import { device, storeOf } from '../../src/lib/app/here';
import type { TeamForm } from '../../src/lib/domain/form';
import { PLAIN } from '../../src/lib/domain/offered';
import type { Facts, Team } from '../../src/lib/domain/records';
import type { Account } from '../../src/lib/store/device';
import { idOf } from './people';

vi.mock('../../src/lib/app/held', () => ({ close: () => undefined, vaultOf: () => Promise.resolve(null) }));

const [ANA, TEAM] = [idOf('ana'), idOf('team')];
const said = (first: string): TeamForm => ({ ...PLAIN, first: { pl: first } });

beforeEach(async () => {
	await device.forget('session');
	await device.forget('facts');
	await storeOf(ANA).teams.clear();
});

const publish = (form?: TeamForm): Promise<void> =>
	device.set('facts', {
		teams: [{ id: TEAM, locale: 'pl', country: 'PL', ...(form && { form }) }]
	} as Facts);

async function pull(token: string, form?: TeamForm): Promise<void> {
	const account = { id: ANA, login: 'ana', name: 'Ana', instance: 'i', recipient: 'r', verifier: 'v' };
	await device.signIn(account as Account, { account: ANA, token, reached: 1, latest: 1 });
	await storeOf(ANA).teams.put({ id: TEAM, locale: 'pl', ...(form && { form }) } as Team);
}

test('a team that is not known here has none', async () => {
	expect(await form(TEAM)).toBeUndefined();
	await publish(said('x'));
	expect([...(await forms([TEAM, idOf('other'), TEAM])).keys()]).toEqual([TEAM]);
});

test('without signing in it is what the server tells everybody', async () => {
	await publish(said('published'));
	expect(await form(TEAM)).toEqual(said('published'));
});

test('a server that knows of none leaves the form as it is', async () => {
	await publish();
	expect(await form(TEAM)).toBeUndefined();
});

test('a member who is signed in hears of a change first, one who is signed out with everybody', async () => {
	await publish(said('published'));
	await pull('token', said('pulled'));
	expect((await form(TEAM))?.first).toEqual({ pl: 'pulled' });
	await pull('', said('pulled'));
	expect((await form(TEAM))?.first).toEqual({ pl: 'published' });
});

test('either way is enough', async () => {
	await pull('', said('pulled'));
	expect(await form(TEAM)).toEqual(said('pulled'));
	await publish(said('published'));
	await pull('token');
	expect((await form(TEAM))?.first).toEqual({ pl: 'published' });
});
