/** What waits, as a file that any device of the same person can take in, and nobody else open or forge. Loads age. */
import { fromBase64, toBase64 } from '../crypto/bytes';
import { openTray, sealTray } from '../crypto/envelope';
import { keep, keepBytes, recall, type Box } from '../crypto/vault';
import { said } from '../domain/blank';
import { carriedBy, renamed } from '../domain/carried';
import type { Draft } from '../domain/draft';
import type { Id } from '../domain/id';
import { readTrayFile, type Carried, type CarriedDraft } from '../domain/tray-file';
import { withMakers } from '../domain/tray';
import { fail, ok, type Result } from '../domain/result';
import { isOutOfRoom } from '../domain/room';
import type { DraftRow } from '../store/person';
import { takeIn, type Arriving, type ArrivingDraft } from '../store/tray';
import { ownHand } from './author';
import { freshId, read } from './drafts';
import { look, ring } from './engine';
import { device, unlocked, type Here } from './here';
import { pictureBytes } from './pictures';

/**
 * `not_heed`: no such file. `unreadable`: damaged, or sealed to other keys. `foreign`: signed by somebody else, or for
 * another Heed.
 */
export type FileError = { kind: 'locked' | 'not_heed' | 'unreadable' | 'foreign' | 'no_space' };
export type TakenIn = { added: number; known: number };
type Unlocked = Here & { vault: CryptoKey };

/** One item and what it needs; without `id` all of them, and all drafts. */
export async function saveTray(id?: Id): Promise<Result<File, { kind: 'locked' }>> {
	const now = await unlocked();
	const hand = now && (await ownHand(now));
	const account = now && (await device.account(now.session.account));
	if (!now || !hand || !account) return fail({ kind: 'locked' });
	const outbox = await now.store.outbox.toArray();
	const wanted = outbox.find((item) => item.id === id);
	const carried = id === undefined ? outbox : wanted ? withMakers(wanted, outbox) : [];
	const items = await Promise.all(
		carried.map(async ({ id: item, case: kase, created, filed, left }): Promise<Carried> => {
			const batch = await now.store.batches.get(item);
			const parts = (await now.store.parts.bulkGet([...left])).flatMap((part) => part ?? []);
			return {
				...{ id: item, case: kase, created, filed },
				...{ writes: batch?.writes ?? [], digest: batch?.digest ?? '' },
				parts: parts.map(({ id: part, bytes, fields }) => ({ id: part, bytes: toBase64(bytes), fields }))
			} as Carried;
		})
	);
	const drafts = id === undefined ? await allDrafts(now) : [];
	const place = { user: account.id, instance: account.instance };
	const bytes = await sealTray(place, { items, drafts }, account.recipient, hand);
	const name = `heed-not-sent-${dayOf(new Date())}.age`;
	return ok(new File([bytes], name, { type: 'application/octet-stream' }));
}

/** Adds what is not here yet, or changes nothing. */
export async function takeInFile(file: Blob): Promise<Result<TakenIn, FileError>> {
	const now = await unlocked();
	const account = now && (await device.account(now.session.account));
	const me = await now?.store.identities.get('me');
	if (!now || !account || !me) return fail({ kind: 'locked' });
	const sealed = new Uint8Array(await file.arrayBuffer());
	if (!startsAsAge(sealed)) return fail({ kind: 'not_heed' });
	const identity = String(await recall(now.vault, me.box, 'identity|me'));
	const pin = await now.store.pins.get(account.id);
	const place = { user: account.id, instance: account.instance };
	const opened = await openTray(sealed, place, identity, pin ? [pin.verifier] : []);
	if (!opened.ok) return fail({ kind: opened.error.kind === 'unreadable' ? 'unreadable' : 'foreign' });
	const taken = readTrayFile(opened.value, account.id);
	if (!taken) return fail({ kind: 'foreign' });

	const items = taken.items.map(
		({ id, case: kase, created, filed, writes, digest, parts, rows }): Arriving => ({
			...{ item: { id, case: kase, created, filed }, writes, digest, rows },
			parts: parts.map((part) => ({ ...part, item: id, bytes: fromBase64(part.bytes) }))
		})
	);
	const here = (await allDrafts(now)).map(({ draft }) => saidIn(draft));
	const drafts = (await Promise.all(taken.drafts.map((one) => arriving(now, here, one)))).flat();
	try {
		const added = await takeIn(now.store, items, drafts);
		ring();
		look();
		return ok({ added, known: taken.items.length + taken.drafts.length - added });
	} catch (error) {
		if (isOutOfRoom(error)) return fail({ kind: 'no_space' });
		throw error;
	}
}

async function allDrafts({ store }: Unlocked): Promise<CarriedDraft[]> {
	const rows = await store.drafts.filter(({ dropped }) => dropped === 0).toArray();
	const all = await Promise.all(
		rows.map(async (row) => {
			const draft = await read(row);
			if (!draft) return [];
			const pictures = await Promise.all(
				carriedBy(draft).map(async ({ file, type }) => {
					const picture = await pictureBytes(file);
					return picture ? [{ file, type, bytes: toBase64(picture.bytes) }] : [];
				})
			);
			return [{ draft, updated: row.updated, pictures: pictures.flat() }];
		})
	);
	return all.flat();
}

/** As it is where nothing is known of it; under a new id beside what says something else, or was sent. */
async function arriving(
	{ store, vault }: Unlocked,
	here: readonly string[],
	{ draft, updated, pictures }: CarriedDraft
): Promise<ArrivingDraft[]> {
	if (here.includes(saidIn(draft))) return [];
	const row = await store.drafts.get(draft.id);
	const isTaken = row !== undefined || (await store.sent.get(draft.id)) !== undefined;
	const files = new Map(pictures.map(({ file }) => [file, isTaken ? freshId() : file]));
	const id = isTaken ? freshId() : draft.id;
	const mine: Draft = { ...draft, id, ...renamed(draft, (file) => files.get(file) ?? null) };
	return [
		{
			row: draftRow(id, updated, await keep(vault, mine, `draft|${id}`)),
			pictures: await Promise.all(
				pictures.map(async ({ file: old, type, bytes }) => {
					const file = files.get(old) ?? old;
					const box = await keepBytes(vault, fromBase64(bytes), `picture|${file}`);
					return { file, draft: id, type, box, by: 'vault' as const };
				})
			)
		}
	];
}

/** All of it but how its files are called here. */
function saidIn(draft: Draft): string {
	const sizes = new Map(carriedBy(draft).map(({ file, bytes }) => [file, `${bytes}`]));
	return said({ ...draft, ...renamed(draft, (file) => sizes.get(file) ?? null) });
}

const draftRow = (id: Id, updated: number, box: Box): DraftRow => ({
	...{ id, updated, dropped: 0, version: 1, box, by: 'vault' }
});

const AGE = 'age-encryption.org/v1\n';
const startsAsAge = (bytes: Uint8Array): boolean =>
	new TextDecoder().decode(bytes.subarray(0, AGE.length)) === AGE;

/** In the person's own time zone: '2026-11-21'. */
const dayOf = (date: Date): string =>
	[date.getFullYear(), date.getMonth() + 1, date.getDate()]
		.map((part) => String(part).padStart(2, '0'))
		.join('-');
