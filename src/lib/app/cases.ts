/** Reading cases: always computed from what was said. WebCrypto and IndexedDB only. */
import { recall } from '../crypto/vault';
import { needsExpert } from '../domain/awaiting';
import { Content } from '../domain/content';
import { fold, type Folded, type Said } from '../domain/fold';
import type { TeamForm } from '../domain/form';
import type { Id } from '../domain/id';
import { journey, type Journey } from '../domain/journey';
import { Opened, openedContext } from '../domain/opened';
import { AUDIENCES, URGENCIES, type Phase, type Urgency } from '../domain/lists';
import type { Case, Entry } from '../domain/records';
import type { OpenedRow } from '../store/person';
import { reasonOf, type Waiting } from './door';
import { forms } from './form';
import { here } from './here';

/** Why it waits may be said more exactly than the server's answer does. */
export type Way = Omit<Journey, 'waiting'> & { waiting: Waiting | null };

export type CaseLine = {
	id: Id;
	/** In whose words the type is said. */
	form: TeamForm | undefined;
	type: string;
	place: string;
	urgency: Urgency;
	/** The first words; null while locked or not readable here. */
	opening: string | null;
	phase: Phase;
	owner: { id: Id; name: string } | null;
	created: number;
	/** Null where the alert does not open here. */
	needsExpert: boolean | null;
	/** Its reporter has asked to talk to a person, and nobody has answered yet. */
	wantsPerson: boolean;
	journey: Way;
	/** Somebody else said something after this person last had it open. */
	unread: boolean;
};

/** What this person reported, newest first. */
export async function alerts(): Promise<CaseLine[]> {
	const now = await here();
	if (!now) return [];
	const own = await now.store.entries.where({ author: now.session.account, kind: 'alert' }).toArray();
	const cases = await now.store.cases.bulkGet([...new Set(own.map((entry) => entry.case))]);
	const all = await lines(present(cases), now);
	return all.sort((a, b) => b.created - a.created);
}

/** A team's cases: nobody's first, then by urgency, those without an answer before others, then the longest waiting. */
export async function queue(team: Id): Promise<CaseLine[]> {
	const now = await here();
	if (!now) return [];
	const all = await lines(await now.store.cases.where({ team }).toArray(), now);
	const haste = ({ urgency, needsExpert: needs, wantsPerson }: CaseLine): number =>
		-3 * URGENCIES.indexOf(urgency) - Number(needs ?? true) - Number(wantsPerson);
	return all.sort(
		(a, b) =>
			Number(a.owner !== null) - Number(b.owner !== null) || haste(a) - haste(b) || a.created - b.created
	);
}

export type Here = NonNullable<Awaited<ReturnType<typeof here>>>;
/** A case as what was said in it makes it. */
export type Read = { row: Case; folded: Folded; way: Way };

async function lines(cases: readonly Case[], now: Here): Promise<CaseLine[]> {
	const { store, session } = now;
	const all = await read(cases, now);
	const owners = all.map(({ row, folded }) => folded.owner ?? (row.owner || null));
	const [pins, marks, made] = await Promise.all([
		store.pins.bulkGet(present(owners)),
		store.state.bulkGet(cases.map(({ id }) => `read|${id}`)),
		forms(cases.map(({ team }) => team))
	]);
	const names = new Map(present(pins).map(({ id, name }) => [id, name]));
	return all.map(({ row, folded, way }, at): CaseLine => {
		const owner = owners[at];
		const readTo = marks[at]?.value ?? 0;
		const { id, type, place, urgency } = row;
		return {
			id,
			form: made.get(row.team),
			type,
			place,
			urgency,
			opening: folded.alert?.story.slice(0, 120) ?? null,
			phase: folded.alert ? folded.phase : row.phase,
			owner: owner ? { id: owner, name: names.get(owner) ?? '' } : null,
			created: Date.parse(row.created),
			needsExpert: folded.alert ? needsExpert(folded.alert, folded) : null,
			wantsPerson: folded.asked !== null && folded.answered === null,
			journey: way,
			unread: folded.timeline.some(
				({ author, rev, kind }) => author !== session.account && kind !== 'seen' && (rev ?? 0) > readTo
			)
		};
	});
}

/** In a few requests for all of them: one by one, a list of fifty would ask the store six hundred times. */
export async function read(cases: readonly Case[], now: Here): Promise<Read[]> {
	const { session, store, vault } = now;
	const ids = cases.map(({ id }) => id);
	const entries = await store.entries.where('case').anyOf(ids).toArray();
	const [keys, opened, outbox] = await Promise.all([
		store.keys.bulkGet([...new Set(entries.map(({ key }) => key))]),
		vault ? store.opened.bulkGet(entries.map(({ id }) => id)) : [],
		store.outbox.where('case').anyOf(ids).toArray()
	]);
	const names = new Map(present(keys).map(({ id, name }) => [id, name]));
	const said = await Promise.all(entries.map((entry, at) => say(entry, names, vault, opened[at])));
	const byCase = new Map<Id, Said[]>(ids.map((id) => [id, []]));
	for (const [at, one] of said.entries()) byCase.get(entries[at]?.case ?? '')?.push(one);
	return Promise.all(
		cases.map(async (row): Promise<Read> => {
			const inCase = byCase.get(row.id) ?? [];
			const folded = fold(inCase);
			const first = inCase.find(({ kind }) => kind === 'alert');
			const outgoing = first && outbox.find(({ id }) => id === first.id);
			const written = first?.author === session.account ? (folded.alert?.at ?? null) : null;
			const way = journey(folded, outgoing ?? null, written);
			const waiting = way.waiting && outgoing ? await reasonOf(now, outgoing) : way.waiting;
			return { row, folded, way: { ...way, waiting } };
		})
	);
}

async function say(
	entry: Entry,
	names: ReadonlyMap<string, string>,
	vault: CryptoKey | null,
	row: OpenedRow | undefined
): Promise<Said> {
	const { id, kind, author, created } = entry;
	const rev = entry.rev === 0 ? null : entry.rev;
	const name = names.get(entry.key);
	const audience = AUDIENCES.find((one) => one === name) ?? 'reporter';
	const said = { id, rev, kind, author, audience, time: Date.parse(created), header: null };
	if (!vault) return { ...said, content: 'locked' };
	if (!row) return { ...said, content: 'unreadable' };
	const opened = Opened.parse(await recall(vault, row.box, openedContext(id)));
	if ('wrong' in opened) return { ...said, content: opened.wrong };
	const { header } = opened;
	const content = Content.safeParse(opened.content);
	if (!content.success) return { ...said, header, content: 'unknown' };
	// What is written on the outside and what is inside have to say the same.
	return { ...said, header, content: content.data.kind === kind ? content.data : 'misplaced' };
}

const present = <T>(all: readonly (T | null | undefined)[]): T[] => all.flatMap((one) => one ?? []);
