/** Saying something in a case: sealed here, kept in the outbox until it is delivered. Loads age when first needed. */
import { keep, keepBytes, recallBytes } from '../crypto/vault';
import type { Content, Photo } from '../domain/content';
import { toAlert, type Draft, type Problems } from '../domain/draft';
import type { Id } from '../domain/id';
import type { Phase } from '../domain/lists';
import type { Case } from '../domain/records';
import { fail, ok, type Result } from '../domain/result';
import { post } from '../store/person';
import { pictureBytes } from './drafts';
import { device, unlocked } from './here';
import { ring } from './engine';

type Locked = { kind: 'locked' };
type Unsendable = { kind: 'incomplete'; problems: Problems } | Locked | { kind: 'no_team' };

/** The draft becomes an alert in the outbox, or stays a draft. The id is the new case's. */
export async function send(draft: Draft): Promise<Result<Id, Unsendable>> {
	const written = Date.now();
	const alert = toAlert(draft, written);
	if (!alert.ok) return alert;
	const now = await unlocked();
	const me = now && (await device.account(now.session.account));
	if (!me) return fail({ kind: 'locked' });
	const team = (await device.get('facts'))?.teams.find(({ id }) => id === draft.team);
	if (!team) return fail({ kind: 'no_team' });

	const { makeAlert } = await import('../sync/outgoing');
	const pictures = await Promise.all(
		alert.value.photos.map(async ({ file }) => [file, (await pictureBytes(file))?.bytes] as const)
	);
	const files = new Map(pictures.flatMap(([file, bytes]) => (bytes ? [[file, bytes] as const] : [])));
	const author = { user: me.id, recipient: me.recipient };
	const made = await makeAlert(alert.value, team, author, files, written);

	const { vault, store } = now;
	const { key, identity } = made.identity;
	const kept = {
		opened: await openedRow(vault, made.item.id, made.item.case, alert.value),
		identities: [{ id: key, box: await keep(vault, identity, `identity|${key}`) }],
		files: await Promise.all(
			[...files].map(async ([id, bytes]) => ({ id, box: await keepBytes(vault, bytes, `file|${id}`) }))
		)
	};
	await post(store, made.item, made.parts, made.local, kept, draft.id);
	ring();
	return ok(made.item.case);
}

export const say = (id: Id, text: string): Promise<Result<undefined, Locked>> =>
	state(id, { kind: 'message', at: Date.now(), text }, {});

/** The person at work takes the case on. */
export async function take(id: Id): Promise<Result<undefined, Locked>> {
	const now = await unlocked();
	return now
		? state(id, { kind: 'take', at: Date.now() }, { owner: now.session.account })
		: fail({ kind: 'locked' });
}

export const movePhase = (id: Id, phase: Phase): Promise<Result<undefined, Locked>> =>
	state(id, { kind: 'phase', at: Date.now(), phase }, { phase });

/** The case is on the screen, readable: the reporter learns once that a person has seen it. */
export async function opened(id: Id): Promise<void> {
	const now = await unlocked();
	if (!now) return;
	const { store, session } = now;
	const entries = await store.entries.where({ case: id }).toArray();
	const newest = Math.max(0, ...entries.map(({ rev }) => rev));
	if (newest > ((await store.state.get(`read|${id}`))?.value ?? 0)) {
		await store.state.put({ name: `read|${id}`, value: newest });
	}
	const mine = entries.some(
		({ author, kind }) => author === session.account && ['alert', 'seen'].includes(kind)
	);
	if (mine || entries.length === 0 || beingSeen.has(id)) return;
	beingSeen.add(id);
	await state(id, { kind: 'seen', at: Date.now() }, {}).finally(() => beingSeen.delete(id));
}

/** A screen asks again at each change; sealing takes longer than that. */
const beingSeen = new Set<Id>();

/** The picture's bytes: kept ones, or fetched in parts, opened and kept. */
export async function photo(
	id: Id,
	{ file, type, parts }: Photo
): Promise<Result<Blob, { kind: 'not_here' | 'damaged' }>> {
	const now = await unlocked();
	if (!now) return fail({ kind: 'not_here' });
	const { store, vault, session } = now;
	const kept = await store.files.get(file);
	if (kept) return ok(new Blob([await recallBytes(vault, kept.box, `file|${file}`)], { type }));

	const { fetchFile } = await import('../sync/files');
	const bytes = await fetchFile(store, vault, session, { case: id, file, parts });
	if (!bytes.ok) return bytes;
	await store.files.put({ id: file, box: await keepBytes(vault, bytes.value, `file|${file}`) });
	return ok(new Blob([bytes.value], { type }));
}

async function state(
	id: Id,
	content: Content,
	change: Partial<Pick<Case, 'owner' | 'phase'>>
): Promise<Result<undefined, Locked>> {
	const now = await unlocked();
	const routing = await now?.store.cases.get(id);
	const keys = (await now?.store.keys.where({ case: id }).toArray()) ?? [];
	// Only the reporter's thread yet: with more audiences the composer says which.
	const key = keys.find(({ name, ended }) => name === 'reporter' && !ended);
	if (!now || !routing || !key) return fail({ kind: 'locked' });

	const { makeStatement } = await import('../sync/outgoing');
	const { item, entry } = await makeStatement(content, routing, key, now.session.account, change, Date.now());
	const kept = { opened: await openedRow(now.vault, entry.id, id, content) };
	await post(now.store, item, [], { entries: [entry] }, kept);
	ring();
	return ok(undefined);
}

async function openedRow(vault: CryptoKey, id: Id, caseId: Id, content: Content) {
	return { id, case: caseId, box: await keep(vault, { content }, `opened|${id}`) };
}
