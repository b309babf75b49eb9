/** Everything that is not confirmed yet, with its state; and what a person can do about it. */
import { recall } from '../crypto/vault';
import { ASSESSED } from '../domain/casework';
import { Content } from '../domain/content';
import type { TeamForm } from '../domain/form';
import { Opened, openedContext } from '../domain/opened';
import type { Id } from '../domain/id';
import type { Outgoing } from '../domain/outbox';
import { isBehind, mayLeave, withFollowers } from '../domain/tray';
import { askAgain } from '../store/tray';
import { reasonOf, type Waiting } from './door';
import { tryNow } from './engine';
import { form } from './form';
import { here, type Here } from './here';

export type TrayLine = {
	id: Id;
	/** As in the entry; '' where that did not come to this device. */
	kind: string;
	/** The first words; null while locked, and where there are none. */
	opening: string | null;
	/** Of its case, '' where that is not on this device; in the words of `form`. */
	type: string;
	form: TeamForm | undefined;
	place: string;
	/** ms */
	since: number;
	state: Waiting | 'behind';
	/** 0 to 1: how much of the pictures is there; null while the words are not. */
	pictures: number | null;
	/** What can be done where it was refused: have the words back, or have it not happen. */
	act: 'edit' | 'take_back' | null;
	/** Later ones that go with it then. */
	followers: number;
};
export type Tray = { lines: TrayLine[]; drafts: number };

export async function tray(): Promise<Tray> {
	const now = await here();
	if (!now) return { lines: [], drafts: 0 };
	const { store } = now;
	const [outbox, drafts, line] = await Promise.all([
		store.outbox.toArray(),
		store.drafts.filter(({ dropped }) => dropped === 0).count(),
		store.state.get('line')
	]);
	const sorted = outbox.sort((a, b) => a.created - b.created);
	const lines = await Promise.all(
		sorted.map(async (item): Promise<TrayLine> => {
			const { id, parts, left, filed } = item;
			const [entry, routing, content] = await Promise.all([
				store.entries.get(id),
				store.cases.get(item.case),
				contentOf(now, id)
			]);
			const kind = entry?.kind ?? '';
			const followers = withFollowers(item, outbox).length - 1;
			const tried = { ...item, reason: item.reason || (line?.reason ?? '') };
			return {
				...{ id, kind, type: routing?.type ?? '', place: routing?.place ?? '', since: item.created },
				form: routing && (await form(routing.team)),
				opening: content && (wordsOf(content)?.slice(0, 120) ?? null),
				state: isBehind(item, outbox) ? 'behind' : await reasonOf(now, tried),
				pictures: filed && parts > 0 ? (parts - left.length) / parts : null,
				act: mayLeave(item) ? (isWorded(kind, content) ? 'edit' : 'take_back') : null,
				followers
			};
		})
	);
	return { lines, drafts };
}

/** What an item says; null while locked, or where it does not open. */
export async function contentOf({ store, vault }: Here, id: Outgoing['id']): Promise<Content | null> {
	const row = vault && (await store.opened.get(id));
	if (!row) return null;
	const opened = Opened.parse(await recall(vault, row.box, openedContext(id)));
	const content = 'content' in opened ? Content.safeParse(opened.content) : null;
	return content?.success ? content.data : null;
}

/** What somebody wrote in it, below each other; null where it holds no words. */
export function wordsOf(content: Content): string | null {
	if (content.kind === 'alert') return content.story;
	const words = Object.entries(content).flatMap(([name, value]): string[] =>
		!WRITTEN.has(name)
			? []
			: [value].flat().filter((one): one is string => typeof one === 'string' && one !== '')
	);
	return words.length > 0 ? words.join('\n') : null;
}

/** Of what is locked its kind alone tells. A referral is made of a case, and no draft to go on with. */
const isWorded = (kind: string, content: Content | null): boolean =>
	content?.kind === 'alert'
		? !content.from
		: kind === 'alert' || kind === 'message' || (!!content && wordsOf(content) !== null);

/** The parts of what is said that hold somebody's own words. */
const WRITTEN = new Set([
	...['text', 'options', 'reason', 'next', 'with', 'changed', 'differently'],
	...ASSESSED
]);

/** One of them, or all: also what was refused. */
export async function tryAgainNow(id?: Id): Promise<void> {
	const now = await here();
	if (now) await askAgain(now.store, id);
	tryNow();
}
