/** A data folder that an earlier Heed has made opens under this one, and its rows can still be read. */
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { startServer } from '../server';
import * as w from './world';
import { create, id, pullAll, signIn, update } from './world';

const folder = (name: string) => fileURLToPath(new URL(`../../${name}`, import.meta.url));
const MIGRATIONS = folder('pb_migrations');
/** All that rows need from hooks, then as now. */
const HOOKS = ['rev.pb.js', 'lib/rev.js', 'lib/together.js'];
/** What came before this one is the Heed of the first loop. */
const FIRST_OF_TRUST = '1795000007';

test('what was kept before records were signed', async () => {
	const dataDir = await mkdtemp(join(tmpdir(), 'heed-data-'));
	const before = await mkdtemp(join(tmpdir(), 'heed-before-'));
	const [migrationsDir, hooksDir] = [join(before, 'pb_migrations'), join(before, 'pb_hooks')];
	const older = (await readdir(MIGRATIONS)).filter((file) => file < FIRST_OF_TRUST);
	expect(older).toHaveLength(6);
	for (const file of older) await cp(join(MIGRATIONS, file), join(migrationsDir, file));
	for (const file of HOOKS) await cp(join(folder('pb_hooks'), file), join(hooksDir, file));

	const recipient = await w.aRecipient();
	const account = w.anAccount('eszter', recipient);
	const area = { id: id(), name: 'Brașov', country: 'RO' };
	const team = { id: id(), name: 'Echipa', area: area.id, locale: 'ro', open: true, invite: id() + id() };
	const membership = { id: id(), team: team.id, user: account.id, role: 'coordinator' };
	const world = { team: team.id, recipient };
	const eszter = { id: account.id, token: '', account };
	const key = { ...w.aKey(world as w.World, eszter, '', 'members') };
	const grant = w.aGrant(eszter, key.id, { user: account.id });
	const kase = { ...w.aCase(world as w.World), reporter: account.id, owner: account.id };

	const old = await startServer({ dataDir, migrationsDir, hooksDir });
	const operator = await w.anOperator(old);
	const { auth, ...person } = account;
	for (const [collection, row] of [
		['users', { ...person, password: auth, passwordConfirm: auth }],
		['areas', area],
		['teams', team],
		['memberships', membership],
		['keys', key],
		['grants', grant],
		['cases', kase]
	] as const)
		await w.mustBe(200, create(old, operator, collection, row));
	await old.kill();

	const server = await startServer({ dataDir });
	try {
		expect(server.logs()).not.toMatch(/error|fail/i);
		const back = await signIn(server, account);
		const { rows } = await pullAll(server, back);
		expect(rows.users).toMatchObject([{ id: account.id, kind: 'named', recipient, verifier: '', proof: '' }]);
		expect(rows.teams).toMatchObject([
			{ id: team.id, open: true, coded: false, roll: 0, idle: {}, form: {} }
		]);
		expect(rows.memberships).toMatchObject([{ id: membership.id, until: '', ended: '' }]);
		expect(rows.keys).toMatchObject([{ id: key.id, name: 'members', before: '', proof: '' }]);
		expect(rows.grants).toMatchObject([{ id: grant.id, sealed: grant.sealed, digest: '', proof: '' }]);
		expect(rows.cases).toMatchObject([{ id: kase.id, owner: account.id }]);

		// What follows from leaving does not stumble over what old rows lack.
		await w.mustBe(200, update(server, back, 'teams', team.id, { coded: true }));
		await w.mustBe(200, update(server, back, 'memberships', membership.id, { ended: w.NOW }));
		const after = await pullAll(server, await signIn(server, account));
		expect(after.rows.grants?.[0]?.ended).not.toBe('');
	} finally {
		await server.stop();
		await rm(before, { recursive: true });
	}
});
