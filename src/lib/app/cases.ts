/** Reading cases: always computed from what was said. WebCrypto and IndexedDB only. */
import { recall } from '../crypto/vault';
import { Content } from '../domain/content';
import { fold, type Folded, type Said } from '../domain/fold';
import type { Id } from '../domain/id';
import { journey, type Journey } from '../domain/journey';
import { Opened, openedContext } from '../domain/opened';
import { AUDIENCES, URGENCIES, type Phase, type Urgency } from '../domain/lists';
import type { Case, Entry } from '../domain/records';
import type { OutgoingRow, Store } from '../store/person';
import { device, here } from './here';
import { peopleOf, type People } from './standing';

export type CaseLine = {
	id: Id;
	type: string;
	place: string;
	urgency: Urgency;
	/** The first words; null while locked or not readable here. */
	opening: string | null;
	phase: Phase;
	owner: { id: Id; name: string } | null;
	created: number;
	journey: Journey;
	/** Somebody else said something after this person last had it open. */
	unread: boolean;
};

export type Room = {
	id: Id;
	/** This person wrote the alert. */
	mine: boolean;
	team: Id;
	teamName: string;
	place: string;
	type: string;
	urgency: Urgency;
	folded: Folded;
	journey: Journey;
	ownerName: string | null;
} & People;

/** What this person reported, newest first. */
export async function alerts(): Promise<CaseLine[]> {
	const now = await here();
	if (!now) return [];
	const own = await now.store.entries.where({ author: now.session.account, kind: 'alert' }).toArray();
	const cases = await now.store.cases.bulkGet([...new Set(own.map((entry) => entry.case))]);
	const lines = await Promise.all(cases.flatMap((row) => (row ? [line(row, now)] : [])));
	return lines.sort((a, b) => b.created - a.created);
}

/** A team's cases: nobody's first, then by urgency, then the longest waiting. */
export async function queue(team: Id): Promise<CaseLine[]> {
	const now = await here();
	if (!now) return [];
	const cases = await now.store.cases.where({ team }).toArray();
	const lines = await Promise.all(cases.map((row) => line(row, now)));
	const haste = ({ urgency }: CaseLine): number => -URGENCIES.indexOf(urgency);
	return lines.sort(
		(a, b) =>
			Number(a.owner !== null) - Number(b.owner !== null) || haste(a) - haste(b) || a.created - b.created
	);
}

export async function room(id: Id): Promise<Room | null> {
	const now = await here();
	const row = await now?.store.cases.get(id);
	if (!now || !row) return null;
	const { folded, way } = await read(row, now);
	const rolls = await device.rolls();
	const known = peopleOf(await now.store.pins.toArray(), rolls.values(), Date.now());
	const { place, type, urgency } = row;
	return {
		id,
		mine: folded.reporter === now.session.account,
		team: row.team,
		teamName: (await now.store.teams.get(row.team))?.name ?? '',
		place,
		type,
		urgency,
		folded,
		journey: way,
		ownerName: folded.owner && (known.people[folded.owner] ?? ''),
		...known
	};
}

type Here = NonNullable<Awaited<ReturnType<typeof here>>>;

async function line(row: Case, now: Here): Promise<CaseLine> {
	const { folded, way } = await read(row, now);
	const owner = folded.owner ?? (row.owner || null);
	const name = owner ? ((await now.store.pins.get(owner))?.name ?? '') : '';
	const readTo = (await now.store.state.get(`read|${row.id}`))?.value ?? 0;
	const { id, type, place, urgency } = row;
	return {
		id,
		type,
		place,
		urgency,
		opening: folded.alert?.story.slice(0, 120) ?? null,
		phase: folded.alert ? folded.phase : row.phase,
		owner: owner ? { id: owner, name } : null,
		created: Date.parse(row.created),
		journey: way,
		unread: folded.timeline.some(
			({ author, rev, kind }) => author !== now.session.account && kind !== 'seen' && (rev ?? 0) > readTo
		)
	};
}

async function read(row: Case, { session, store, vault }: Here): Promise<{ folded: Folded; way: Journey }> {
	const entries = await store.entries.where({ case: row.id }).toArray();
	const folded = fold(await Promise.all(entries.map((entry) => say(entry, store, vault))));
	const first = entries.find(({ kind }) => kind === 'alert');
	const outgoing = first && (await store.outbox.get(first.id));
	const written = first?.author === session.account ? (folded.alert?.at ?? null) : null;
	return { folded, way: journey(folded, outgoing ?? null, written, await progress(store, outgoing)) };
}

async function say(entry: Entry, store: Store, vault: CryptoKey | null): Promise<Said> {
	const { id, kind, author, created } = entry;
	const rev = entry.rev === 0 ? null : entry.rev;
	const name = (await store.keys.get(entry.key))?.name;
	const audience = AUDIENCES.find((one) => one === name) ?? 'reporter';
	const said = { id, rev, kind, author, audience, time: Date.parse(created), header: null };
	if (!vault) return { ...said, content: 'locked' };
	const row = await store.opened.get(id);
	if (!row) return { ...said, content: 'unreadable' };
	const opened = Opened.parse(await recall(vault, row.box, openedContext(id)));
	if ('wrong' in opened) return { ...said, content: opened.wrong };
	const { header } = opened;
	const content = Content.safeParse(opened.content);
	if (!content.success) return { ...said, header, content: 'unknown' };
	// What is written on the outside and what is inside have to say the same.
	return { ...said, header, content: content.data.kind === kind ? content.data : 'misplaced' };
}

async function progress(store: Store, outgoing: OutgoingRow | undefined): Promise<number> {
	if (!outgoing || outgoing.parts === 0) return 0;
	const sent = await store.parts
		.where({ item: outgoing.id })
		.filter((part) => part.sent === 1)
		.count();
	return sent / (outgoing.parts + 1);
}
