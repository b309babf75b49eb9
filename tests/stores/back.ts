/**
 * Somebody comes back to a device whose stores another version left. The app's modules come anew with each visit where the
 * test has forgotten those of the one before.
 */
import { createHash } from 'node:crypto';
import { expect, vi } from 'vitest';
import { derive } from '../../src/lib/crypto/passphrase';
import { stretch } from '../../src/lib/crypto/stretch';
import { OPEN, tryAgain } from '../../src/lib/domain/outbox';
import { Model } from '../faults/model';
import { load } from './dump';
import type { Holds, Picture, StoreFile, Written } from './holds';

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** The app of today, on a device whose stores are as they were left. */
export async function comeBack({ databases, holds }: StoreFile) {
	await load(databases);
	vi.setSystemTime(holds.written + 60_000);
	const { storeOf } = await import('../../src/lib/app/here');
	const store = storeOf(holds.person.id);
	return {
		store,
		...(await import('../../src/lib/app/drafts')),
		...(await import('../../src/lib/app/pictures')),
		...(await import('../../src/lib/app/cases')),
		...(await import('../../src/lib/app/room')),
		...(await import('../../src/lib/app/files')),
		...(await import('../../src/lib/app/acts')),
		/** With the passphrase, as a person does; then what came while locked is opened. */
		unlock: async () => {
			const { unlockWith } = await import('../../src/lib/app/session');
			const { passphrase, id } = holds.person;
			const done = await unlockWith(({ instance, login }) => derive(passphrase, instance, login, stretch));
			expect(done.ok).toBe(true);
			const { device, unlocked } = await import('../../src/lib/app/here');
			const { openNew } = await import('../../src/lib/sync/opening');
			const vault = (await unlocked())?.vault;
			if (vault) await openNew(store, vault, id, await device.rolls());
		}
	};
}
type App = Awaited<ReturnType<typeof comeBack>>;

/** Whether each reads as it was written, with its picture. */
export async function expectDrafts(app: App, all: readonly Written[]): Promise<void> {
	const found = await Promise.all(all.map(({ id }) => app.draft(id)));
	expect(found).toMatchObject(all.map(({ id, story }) => ({ draft: { id, story } })));
	for (const { picture } of all) if (picture) await expectPicture(app, picture);
}
/** Whether one can write on in each, and it stays one. */
export async function expectWritable(app: App, all: readonly Written[]): Promise<void> {
	for (const { id, story } of all) {
		const saved = await app.saveDraft(await kept(app, id), {
			...(await kept(app, id)).draft,
			story: `${story}, and more`
		});
		expect(saved.from).toBeUndefined();
		expect((await kept(app, id)).draft.story).toBe(`${story}, and more`);
	}
}
/** Whether a draft that was emptied stays so. */
export async function expectErasable(app: App, { id }: Written): Promise<void> {
	const { emptyDraft } = await import('../../src/lib/domain/blank');
	await app.saveDraft(await kept(app, id), emptyDraft(id, ''));
	expect((await app.drafts()).map((line) => line.id)).not.toContain(id);
}
/** A draft as the form builds on it. */
export async function kept(app: App, id: string) {
	const found = await app.draft(id);
	if (typeof found === 'string' || 'sent' in found) throw new Error(JSON.stringify(found));
	return found;
}
/** Whether what was begun there is still in the composer. */
export async function expectBegun(all: Holds['begun'] = []): Promise<void> {
	const { begun } = await import('../../src/lib/app/begun');
	for (const { case: id, text } of all) {
		expect(await begun(id)).toMatchObject({ words: { text, audience: 'reporter' } });
	}
}
async function expectPicture(app: App, { file, digest }: Picture): Promise<void> {
	const found = await app.pictureBytes(file);
	expect(found && sha256(found.bytes)).toBe(digest);
}

/** A server that has what the one of that time had. What it is sent is looked at when it comes. */
export function serverOf({ server }: Holds): Model {
	const model = new Model();
	for (const [name, rows] of Object.entries(server)) {
		for (const row of rows) model.table(name).set(row.id, { ...row, rev: Number(row.rev) });
	}
	model.rev = Math.max(...Object.values(server).flatMap((rows) => rows.map((row) => Number(row.rev))));
	vi.stubGlobal('fetch', async (input: string, init: RequestInit = {}) => {
		const body = init.body instanceof FormData ? init.body : null;
		const part = body?.get('part');
		if (part instanceof File) {
			expect(sha256(new Uint8Array(await part.arrayBuffer()))).toBe(body?.get('digest'));
		}
		const token = new Headers(init.headers).get('Authorization') ?? '';
		const answer = model.answer('phone', init.method ?? 'GET', new URL(input), token, body);
		const headers = { 'Content-Type': 'application/json' };
		return new Response(JSON.stringify(answer.body), { status: answer.status, headers });
	});
	return model;
}

/** Sends all there is but `except`, what was refused too, and brings in what the server makes of it. */
export async function sendAll({ store }: App, model: Model, except = ''): Promise<void> {
	const { connect } = await import('../../src/lib/sync/remote');
	const { drain } = await import('../../src/lib/sync/engine');
	const remote = connect('http://heed.test', model.signIn('phone'));
	await store.outbox
		.where('id')
		.notEqual(except)
		.modify((item, at) => void (at.value = tryAgain(item)));
	const sleep = (): Promise<void> => new Promise(() => undefined);
	const host = { now: Date.now, chance: () => 0.5, sleep };
	expect(await drain({ store, remote, host, line: { is: OPEN } })).toEqual({ do: 'rest' });
	const { pullAll } = await import('../../src/lib/sync/inbox');
	expect(await pullAll(store, remote)).toBeNull();
}

/** Each thing is there with the parts of its picture, and an alert for whom it is. */
export function expectSent(model: Model, outbox: Holds['outbox']): void {
	const blobs = [...model.table('blobs').values()];
	for (const { id, parts } of outbox) {
		const entry = model.table('entries').get(id);
		expect(entry).toBeDefined();
		const grants = [...model.table('grants').values()].filter(({ key }) => key === entry?.key);
		expect(grants.map((grant) => Boolean(grant.via)).sort()).toEqual([false, true]);
		const own = blobs.filter(({ entry }) => entry === id);
		expect(own.map(({ index }) => Number(index)).sort()).toEqual(
			Array.from({ length: parts }, (_, at) => at)
		);
	}
}

/** What is said, or why it cannot be read. */
export const wordsOf = (content: unknown): unknown =>
	typeof content === 'object' && content !== null
		? 'story' in content
			? content.story
			: 'text' in content && content.text
		: content;
