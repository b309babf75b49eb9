/** Saying something in a case: sealed here, kept in the outbox until it is delivered. Loads age when first needed. */
import { keep, keepBytes, recallBytes } from '../crypto/vault';
import type { Photo } from '../domain/content';
import { said } from '../domain/blank';
import { toAlert, type Draft, type Problems } from '../domain/draft';
import type { Id } from '../domain/id';
import type { Audience, Phase } from '../domain/lists';
import { fail, ok, type Result } from '../domain/result';
import { isOutOfRoom } from '../domain/room';
import { situationOf } from '../domain/situation';
import { post } from '../store/post';
import type { Addressee } from '../sync/outgoing';
import { getLocale } from '../i18n/generated/runtime';
import { vouchedCircle } from '../sync/following';
import { author } from './author';
import { isClosed } from './door';
import type { Kept } from './drafts';
import { refreshFacts, refreshRolls } from './facts';
import { device, here, unlocked } from './here';
import { ring } from './engine';
import { shownFor } from './library';
import { pictureBytes } from './pictures';
import { openedRow, state, type Changed, type Closed, type Locked } from './state';

/** `changed`: another tab has written in it, and these words have not been seen beside those. */
type Unsendable =
	| { kind: 'incomplete'; problems: Problems }
	| Locked
	| { kind: 'no_team' | 'closed' | 'changed' | 'no_space' };

/**
 * The draft becomes an alert in the outbox, or stays a draft. Works while locked: the device's own hand signs then, and
 * what was written opens again with the next unlocking. The id is the new case's, or that of the case which another tab
 * has made of this draft: it is sent once.
 */
export async function send(draft: Draft, kept: Kept): Promise<Result<Id, Unsendable>> {
	const { id } = draft;
	const before = await (await here())?.store.sent.get(id);
	if (before) return wasSent(draft, kept, before.case);
	const written = Date.now();
	const alert = toAlert(draft, written);
	if (!alert.ok) return alert;
	const now = await here();
	const me = now && (await author(now));
	if (!now || !me) return fail({ kind: 'locked' });
	if (await isClosed(now, draft.team)) return fail({ kind: 'closed' });
	const team = await addressee(draft.team);
	if (!team) return fail({ kind: 'no_team' });

	const { makeAlert } = await import('../sync/outgoing');
	const pictures = await Promise.all(
		alert.value.photos.map(async ({ file }) => [file, (await pictureBytes(file))?.bytes] as const)
	);
	// A picture that was put in before the device locked stays shut until it is unlocked.
	if (pictures.some(([, bytes]) => !bytes)) return fail({ kind: 'locked' });
	const advised = await shownFor(situationOf(alert.value, getLocale()), draft.team);
	const files = new Map(pictures.flatMap(([file, bytes]) => (bytes ? [[file, bytes] as const] : [])));
	const made = await makeAlert({ ...alert.value, advised }, team, me, files, written);

	const { store, vault } = now;
	const { key, identity } = made.identity;
	const turn = { key, seq: 1 };
	const known = vault
		? {
				said: turn,
				opened: await openedRow(vault, made.header, made.alert),
				identities: [{ id: key, box: await keep(vault, identity, `identity|${key}`) }],
				files: await Promise.all(
					[...files].map(async ([id, bytes]) => ({ id, box: await keepBytes(vault, bytes, `file|${id}`) }))
				)
			}
		: { said: turn };
	let posted;
	try {
		posted = await post(store, made.parcel, made.local, known, { id, version: kept.version });
	} catch (error) {
		if (isOutOfRoom(error)) return fail({ kind: 'no_space' });
		throw error;
	}
	if (posted === 'changed') return fail({ kind: 'changed' });
	if (posted !== 'posted') return wasSent(draft, kept, posted.sent);
	ring();
	return ok(made.parcel.item.case);
}

/** Words that did not go along are not given up for it. */
const wasSent = (draft: Draft, kept: Kept, to: Id): Result<Id, Unsendable> =>
	said(draft) === said(kept.draft) ? ok(to) : fail({ kind: 'changed' });

/** As known here, or as the server tells where there is one. */
async function addressee(id: string): Promise<Addressee | null> {
	const find = async (): Promise<Addressee | null> => {
		const team = (await device.get('facts'))?.teams.find((one) => one.id === id);
		return team ? vouchedCircle(device, team) : null;
	};
	const known = await find();
	if (known) return known;
	await refreshFacts();
	await refreshRolls();
	return find();
}

/** `begun`: which writing of what was begun there. Of two tabs that say the same one does. */
export const say = (
	id: Id,
	text: string,
	audience: Audience,
	begun: number
): Promise<Result<undefined, Locked | Closed | Changed>> =>
	state(id, audience, { kind: 'message', at: Date.now(), text }, {}, begun);

/** Whoever reported it wants to talk to a person. */
export const askForPerson = (id: Id): ReturnType<typeof state> =>
	state(id, 'reporter', { kind: 'ask', at: Date.now() });

/** The person at work takes the case on. */
export async function take(id: Id): ReturnType<typeof state> {
	const now = await unlocked();
	return now
		? state(id, 'reporter', { kind: 'take', at: Date.now() }, { owner: now.session.account })
		: fail({ kind: 'locked' });
}

export const movePhase = (id: Id, phase: Phase): ReturnType<typeof state> =>
	state(id, 'reporter', { kind: 'phase', at: Date.now(), phase }, { phase });

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
	await state(id, 'reporter', { kind: 'seen', at: Date.now() }).finally(() => beingSeen.delete(id));
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
	const bytes = await fetchFile(store, vault, session, await device.rolls(), { case: id, file, parts });
	if (!bytes.ok) return bytes;
	// Without room it is shown all the same, and fetched again the next time.
	await store.files
		.put({ id: file, box: await keepBytes(vault, bytes.value, `file|${file}`) })
		.catch((error: unknown) => isOutOfRoom(error) || Promise.reject(error as Error));
	return ok(new Blob([bytes.value], { type }));
}
