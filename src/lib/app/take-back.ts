/** What was refused comes back: words to write on, and acts that shall not happen. Loads age where it opens pictures. */
import { recall } from '../crypto/vault';
import { together, type Begun } from '../domain/begun';
import type { Alert } from '../domain/alert';
import type { Content } from '../domain/content';
import type { Id } from '../domain/id';
import { AUDIENCES } from '../domain/lists';
import { Opened, openedContext } from '../domain/opened';
import type { Outgoing } from '../domain/outbox';
import { mayLeave, withFollowers } from '../domain/tray';
import { fail, ok, type Result } from '../domain/result';
import { isOutOfRoom } from '../domain/room';
import { takeOut, type Instead } from '../store/tray';
import { openNew } from '../sync/opening';
import { inTurn } from './author';
import { begun, close } from './begun';
import { draftAgain } from './draft-again';
import { device, unlocked, type Here } from './here';
import { contentOf, wordsOf } from './tray';

/** `gone`: it was tried again, or more was said after it. `unreadable`: its words do not open here. */
export type TakeBackError = { kind: 'locked' | 'gone' | 'unreadable' | 'no_space' };
/** Where the words are now. */
export type TakenBack = { draft: Id } | { case: Id } | null;
type Unlocked = Here & { vault: CryptoKey };

/**
 * Takes a refused item back, with what can only be sent after it. An alert becomes a draft again, with the words of what
 * follows it below its own; a message becomes half-said words in its case; what has no words is gone.
 */
export async function takeBack(id: Id): Promise<Result<TakenBack, TakeBackError>> {
	const now = await unlocked();
	if (!now) return fail({ kind: 'locked' });
	return inTurn(now, async () => {
		const { store, vault, session } = now;
		// What was sent while the device was locked may not have been opened since.
		await openNew(store, vault, session.account, await device.rolls());
		const outbox = await store.outbox.toArray();
		const item = outbox.find((one) => one.id === id);
		if (!item || !mayLeave(item)) return fail({ kind: 'gone' });
		const leaving = withFollowers(item, outbox);
		const contents = await Promise.all(leaving.map((one) => contentOf(now, one.id)));
		if (contents.includes(null)) return fail({ kind: 'unreadable' });
		const said = await saidIn(now, leaving, contents);
		// A referral is no draft of the person's own: it was made of a case, and what it said stands there.
		const alert = contents.find((content): content is Alert => content?.kind === 'alert' && !content.from);

		const again = alert ? await draftAgain(now, item, alert, said) : null;
		if (alert && !again) return fail({ kind: 'unreadable' });
		// Its words go to where it was made, and somebody chooses anew for whom they are.
		const referred = contents.flatMap((content) => (content?.kind === 'alert' && content.from) || []);
		const home = referred[0]?.case ?? item.case;
		const words = home === item.case ? said : said.map((one): Begun => ({ ...one, audience: '' }));
		const half = !alert && words.length > 0 ? words.reduce(together) : null;
		const { draft, files } = again ?? { draft: null, files: [] };
		const counted = await saidBy(now, leaving);
		try {
			for (;;) {
				const begun = half && (await belowBegun(now, home, half));
				const done = await takeOut(store, leaving, { draft, begun, files, said: counted });
				if (done === 'gone') return fail({ kind: 'gone' });
				if (done === 'out') break;
			}
		} catch (error) {
			if (isOutOfRoom(error)) return fail({ kind: 'no_space' });
			throw error;
		}
		return ok(draft ? { draft: draft.row.id } : half ? { case: home } : null);
	});
}

/** What this device, and no other one, counted. */
async function saidBy(
	{ store, vault, session }: Unlocked,
	items: readonly Outgoing[]
): Promise<Instead['said']> {
	const name = (await device.account(session.account))?.device;
	const rows = await store.opened.bulkGet(items.map(({ id }) => id));
	const opened = await Promise.all(
		rows.map(async (row) => row && Opened.parse(await recall(vault, row.box, openedContext(row.id))))
	);
	return opened.flatMap((one) =>
		one && 'header' in one && one.header.device === name ? [{ key: one.header.key, seq: one.header.seq }] : []
	);
}

/** Their words, each for those whom it was for. */
async function saidIn(
	{ store }: Unlocked,
	items: readonly Outgoing[],
	contents: readonly (Content | null)[]
): Promise<Begun[]> {
	const said: Begun[] = [];
	for (const [at, { id }] of items.entries()) {
		const content = contents[at];
		const isReferral = content?.kind === 'alert' && content.from !== undefined;
		const text = content && !isReferral && wordsOf(content);
		if (!text) continue;
		const entry = await store.entries.get(id);
		const key = entry && (await store.keys.get(entry.key));
		said.push({ text, audience: AUDIENCES.find((name) => name === key?.name) ?? '' });
	}
	return said;
}

/** Below what was begun there already, and over no later writing of it. */
async function belowBegun({ vault }: Unlocked, id: Id, half: Begun): Promise<Instead['begun']> {
	const { words, at } = (await begun(id)) ?? { words: null, at: 0 };
	return { id, box: await close(vault, id, words ? together(words, half) : half), over: at };
}
