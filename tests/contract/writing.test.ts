/** What the outbox rests on: all or nothing, exactly once, and a rev for everything. */
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BLOB_PART_BYTES } from '../../src/lib/domain/records';
import { startServer } from '../server';
import * as w from './world';
import { anAlert, batch, create, pullAll, report, update, upload, view, type World } from './world';

let world: World;
beforeAll(async () => {
	world = await w.makeWorld();
});
afterAll(() => world.server.stop());

const withBlob = async (bytes = new Uint8Array(randomBytes(BLOB_PART_BYTES))) => {
	const alert = anAlert(world, world.ana);
	const blob = w.aBlob(world.ana, alert.key.id, bytes);
	await w.mustBe(200, upload(world.server, world.ana, blob, bytes));
	alert.requests.push(w.updated('blobs', blob.id, { entry: alert.entry.id }));
	return { ...alert, blob };
};

describe('an alert', () => {
	test('lands in one batch: case, key, grants, entry, and the link of its blob', async () => {
		const alert = await withBlob();
		const { status, body } = await batch(world.server, world.ana, alert.requests);
		expect(status).toBe(200);
		expect((body as unknown as { status: number }[]).map((item) => item.status)).toEqual(Array(6).fill(200));
		const { rows } = await pullAll(world.server, world.cora);
		expect(rows.entries?.find((row) => row.id === alert.entry.id)).toMatchObject(alert.entry);
		expect(rows.blobs?.find((row) => row.id === alert.blob.id)).toMatchObject({ entry: alert.entry.id });
	});

	test('leaves nothing behind when one of its items is refused', async () => {
		const before = await pullAll(world.server, world.ana);
		for (const spoil of [1, 2, 3, 4, 5]) {
			const alert = await withBlob(crypto.getRandomValues(new Uint8Array(50)));
			const requests = alert.requests.map((request, at) =>
				at === spoil
					? { ...request, body: { ...request.body, entry: 'x', maker: 'x', giver: 'x', author: 'x' } }
					: request
			);
			expect((await batch(world.server, world.ana, requests)).status).toBe(400);
			const after = await pullAll(world.server, world.ana);
			expect(w.idsOf(after.rows.cases)).toEqual(w.idsOf(before.rows.cases));
			expect(w.idsOf(after.rows.grants)).toEqual(w.idsOf(before.rows.grants));
			expect((await view(world.server, world.ana, 'blobs', alert.blob.id)).body.entry).toBe('');
			// The blob alone took a rev; what was rolled back gave its revs back.
			expect(after.upto).toBe(before.upto + spoil);
		}
	});

	test('sent twice answers that the first row is there already, and changes nothing', async () => {
		const alert = await report(world, world.ana);
		const before = await pullAll(world.server, world.ana);
		const { status, body } = await batch(world.server, world.ana, alert.requests);
		expect(status).toBe(400);
		expect(body.data.requests['0']?.response.data.id?.code).toBe('validation_not_unique');
		expect((await pullAll(world.server, world.ana)).upto).toBe(before.upto);
	});

	test.for(['cases', 'keys', 'grants', 'entries'])(
		'sent twice one by one says so too: %s',
		async (collection) => {
			const { kase, key, own, entry } = await report(world, world.ana);
			const again = { cases: kase, keys: key, grants: { ...own }, entries: entry }[collection];
			const { status, body } = await create(world.server, world.ana, collection, again);
			expect(status).toBe(400);
			expect(body.data.id?.code).toBe('validation_not_unique');
		}
	);

	test('sent twice at the same time is filed once', async () => {
		const alert = anAlert(world, world.ana);
		const answers = await Promise.all([1, 2, 3].map(() => batch(world.server, world.ana, alert.requests)));
		expect(answers.map(({ status }) => status).sort()).toEqual([200, 400, 400]);
	});

	test('takes no more than fifty items', async () => {
		const { kase, key } = await report(world, world.ana);
		const requests = Array.from({ length: 51 }, () =>
			w.created('entries', w.anEntry(world.ana, kase.id, key.id))
		);
		expect((await batch(world.server, world.ana, requests)).status).toBe(400);
		expect((await batch(world.server, world.ana, requests.slice(0, 50))).status).toBe(200);
	});
});

describe('rev', () => {
	test('is unique and gapless under eight parallel writers', async () => {
		const { kase, key } = await report(world, world.ana);
		const { upto } = await pullAll(world.server, world.ana);
		const writers = Array.from({ length: 8 }, async () => {
			for (let round = 0; round < 5; round++) {
				await w.mustBe(
					200,
					create(world.server, world.ana, 'entries', w.anEntry(world.ana, kase.id, key.id))
				);
				await w.mustBe(200, batch(world.server, world.ana, anAlert(world, world.ana).requests));
				await w.mustBe(
					200,
					update(world.server, world.cora, 'cases', kase.id, { urgency: 'urgent', phase: 'intake' })
				);
			}
		});
		await Promise.all(writers);

		const { rows, upto: now } = await pullAll(world.server, world.ana, upto);
		const revs = Object.values(rows)
			.flat()
			.map((row) => row.rev as number);
		expect(now - upto).toBe(8 * 5 * (1 + 5 + 1));
		expect(new Set(revs).size).toBe(revs.length);
		// Of the forty changes to one case the newest shows, and the circle's grants are not hers to see.
		const { rows: coras } = await pullAll(world.server, world.cora, upto);
		const seen = new Set([
			...revs,
			...Object.values(coras)
				.flat()
				.map((row) => row.rev as number)
		]);
		expect(seen.size).toBe(8 * 5 * (1 + 5) + 1);
	});

	test('lets no device that pulls meanwhile miss a row', async () => {
		const { kase, key } = await report(world, world.ana);
		let { upto } = await pullAll(world.server, world.ana);
		const entries: string[] = [];
		const writers = { atWork: true };
		const done = Promise.all(
			Array.from({ length: 6 }, async () => {
				for (let round = 0; round < 20; round++) {
					const entry = w.anEntry(world.ana, kase.id, key.id);
					await w.mustBe(200, create(world.server, world.ana, 'entries', entry));
					entries.push(entry.id);
				}
			})
		).then(() => (writers.atWork = false));

		const got: unknown[] = [];
		for (let last = false; !last;) {
			last = !writers.atWork;
			const page = await pullAll(world.server, world.ana, upto);
			got.push(...w.idsOf(page.rows.entries));
			upto = page.upto;
		}
		await done;
		expect(got.sort()).toEqual(entries.sort());
	});

	test('is never what the device says', async () => {
		const { kase, key } = await report(world, world.ana);
		const { upto } = await pullAll(world.server, world.ana);
		const { body } = await create(world.server, world.ana, 'entries', {
			...w.anEntry(world.ana, kase.id, key.id),
			rev: 1
		});
		expect(body.rev).toBe(upto + 1);
		const changed = await update(world.server, world.cora, 'cases', kase.id, {
			phase: 'intake',
			rev: 999_999
		});
		expect(changed.body.rev).toBe(upto + 2);
	});
});

test('what was acknowledged survives a crash', async () => {
	const crashing = await w.makeWorld();
	const alert = await report(crashing, crashing.ana);
	await crashing.server.kill();
	const server = await startServer({ dataDir: crashing.server.dataDir });
	try {
		expect(w.idsOf((await pullAll(server, crashing.ana)).rows.entries)).toEqual([alert.entry.id]);
	} finally {
		await server.stop();
	}
});

test('no sealed byte, name or address of a caller is in the logs', async () => {
	const marker = 'MarkerThatMustNotBeLogged'.repeat(3);
	const { kase, key } = await report(world, world.ana);
	const entry = w.anEntry(world.ana, kase.id, key.id, `${marker}AA==`.slice(0, 76));
	await w.mustBe(200, create(world.server, world.ana, 'entries', entry));
	expect((await create(world.server, world.bartek, 'entries', { ...entry, id: w.id() })).status).toBe(400);
	expect(
		(await batch(world.server, world.bartek, [w.created('entries', { ...entry, id: w.id() })])).status
	).toBe(400);
	await w.call(world.server, 'GET', `/api/heed/pull?since=${marker}`, { as: world.ana });
	await w.call(world.server, 'GET', `/api/${marker}`);
	await new Promise((resolve) => setTimeout(resolve, 3500)); // PocketBase writes its logs every three seconds

	expect(world.server.logs()).not.toContain('Marker');
	let kept = '';
	for (const file of ['auxiliary.db', 'auxiliary.db-wal']) {
		kept += await readFile(join(world.server.dataDir, file), 'latin1').catch(() => '');
	}
	expect(kept.length).toBeGreaterThan(0);
	expect(kept).not.toContain('Marker');
	expect(kept).not.toContain('127.0.0.1');
});
