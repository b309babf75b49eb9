/** What was published, and what of it is like something: kept on the device, so that advice needs no network. */
import type { Id } from '../domain/id';
import type { Locale } from '../domain/lists';
import { ENOUGH, type Match } from '../domain/match/match';
import {
	bodyWith,
	nameOf,
	ownPractices,
	PiecePage,
	pieces,
	type Kind,
	type Piece,
	type PieceState,
	type Words
} from '../domain/piece';
import { Shelf, type Practice } from '../domain/practice';
import { fail, type Result } from '../domain/result';
import type { Situation } from '../domain/situation';
import de from '../starter/generated/de.json?url';
import en from '../starter/generated/en.json?url';
import hu from '../starter/generated/hu.json?url';
import pl from '../starter/generated/pl.json?url';
import ro from '../starter/generated/ro.json?url';
import { Library } from '../store/library';
import { freshId } from './drafts';
import { form } from './form';
import { device, here } from './here';
import type { Answer, Asked } from './match.worker';
import type { TeamError } from './team';

export type Similar = Omit<Match, 'id'> & { practice: Practice; own: boolean };
export type Advice = {
	/** What comes first for this type, then for this setting. */
	steps: string[];
	/** The team's own first, then the most similar first; none where nothing is similar enough. */
	similar: Similar[];
};

const library = new Library();
/** Where each language's edition is; the address changes with what it says. */
const EDITIONS: Record<Locale, string> = { en, pl, de, ro, hu };
/** Similar situations that are shown, and of how many the team's own are chosen first. */
const SHOWN = 5;
const CHOSEN_OF = 15;

/** Fetches the edition in this language where it is not here yet. What is here stays until another one is there whole. */
export async function stock(locale: Locale): Promise<void> {
	await bringEdition(locale);
	for (const team of await teamsHere()) await bring(team);
}

async function bringEdition(locale: Locale): Promise<void> {
	const source = EDITIONS[locale];
	if ((await library.edition())?.source === source) return;
	// Without a network, and where a portal answers in its place, the next start asks again.
	const answer: unknown = await fetch(source)
		.then((response) => response.json())
		.catch(() => null);
	const shelf = Shelf.safeParse(answer);
	if (!shelf.success) return;
	const { practices, lexicon } = shelf.data;
	const own = await ownOfTeams(practices);
	const made = await ask({ practices: [...practices, ...own.practices], lexicon });
	if ('index' in made)
		await library.restock({ source, locale, indexed: `${source} ${own.mark}` }, shelf.data, made.index);
}

/** Whose decisions are wanted here: where the person belongs, for whom an alert was, and the only one that takes alerts. */
async function teamsHere(): Promise<Id[]> {
	const [now, facts] = await Promise.all([here(), device.get('facts')]);
	const seats = await now?.store.memberships.where({ user: now.session.account }).toArray();
	const open = facts?.teams ?? [];
	const of = (seats ?? []).filter(({ ended }) => !ended).map(({ team }) => team);
	const only = open.length === 1 ? open.map(({ id }) => id) : [];
	return [...new Set([...of, ...only, ...(await library.followed())])];
}

/** Asks the server what a team has decided since; without a network what is here stays. */
export async function bring(team: Id): Promise<void> {
	const before = await library.decidedUpTo(team);
	let rev = before ?? 0;
	const now = await here();
	const seats = await now?.store.memberships.where({ team, user: now.session.account }).count();
	// Who writes to a team is not told to the server by asking for what everybody may read.
	const headers: HeadersInit = now && seats ? { Authorization: now.session.token } : {};
	for (let more = true; more;) {
		const address = `/api/heed/pieces/${team}?since=${rev}`;
		const answer: unknown = await fetch(address, { cache: 'no-store', headers })
			.then((response) => response.json())
			.catch(() => null);
		const page = PiecePage.safeParse(answer);
		if (!page.success || page.data.pieces.length === 0) {
			// That a team has decided nothing is known from then on, and said once.
			if (page.success && before === undefined && rev === 0) await library.putDecided(team, [], 0);
			break;
		}
		({ more } = page.data);
		rev = page.data.pieces.at(-1)?.rev ?? rev;
		await library.putDecided(team, page.data.pieces, rev);
	}
	await indexAnew();
}

const wanted = new Set<Id>();

/** With the first alert for a team: what it has decided comes, and the screens ask anew. Without a network, at the next start. */
async function bringOnce(team: Id): Promise<void> {
	if (wanted.has(team) || (await library.decidedUpTo(team)) !== undefined) return;
	wanted.add(team);
	bring(team).catch(reportError);
}

/** The teams' own practices are found as the examples are. */
async function indexAnew(): Promise<void> {
	const [edition, practices] = await Promise.all([library.edition(), library.practices()]);
	const own = await ownOfTeams(practices);
	const indexed = edition && `${edition.source} ${own.mark}`;
	if (!edition || !indexed || edition.indexed === indexed) return;
	const before = await library.index(edition.indexed);
	if (!before) return;
	const made = await ask({ practices: [...practices, ...own.practices], lexicon: before.lexicon });
	if ('index' in made) await library.reindex(edition.source, indexed, before.lexicon, made.index);
}

/** In the index a team's own practice goes by the team and its name; `mark` changes with any of them. */
async function ownOfTeams(examples: readonly Practice[]): Promise<{ practices: Practice[]; mark: string }> {
	const rows = await library.decided();
	const practices = [...new Set(rows.map(({ team }) => team))].flatMap((team) =>
		ownPractices(
			rows.filter((row) => row.team === team),
			examples
		).map((one) => ({ ...one, id: `${team}/${one.id}` }))
	);
	const made = rows.filter(({ of, body }) => of.startsWith('practice/') && body !== null);
	return { practices, mark: made.map(({ team, rev }) => `${team}:${rev}`).join(' ') };
}

/** All that Heed starts with, as this team has it, or as it comes. Null until an edition has come. */
export async function shelf(team: Id | null): Promise<Piece[] | null> {
	const edition = await library.edition();
	if (!edition) return null;
	const [practices, rows] = await Promise.all([
		library.practices(),
		team === null ? [] : library.decided(team)
	]);
	return pieces({ ...edition, practices }, edition.locale, rows);
}

/** As similar as the `team` of the alert wants it. Null until an edition has come. */
export async function advise(situation: Situation, team: Id): Promise<Advice | null> {
	const edition = await library.edition();
	if (!edition) return null;
	const { indexed } = edition;
	await bringOnce(team);
	const all = await library.decided();
	const rows = all.filter((row) => row.team === team);
	const decided = rows.map(({ of }) => practiceOf(of));
	const own = new Map(
		ownPractices(rows, await library.practices(decided)).map((one) => [`${team}/${one.id}`, one])
	);
	const away = rows.filter(({ state }) => state !== 'shown').map(({ of }) => of);
	const except = [
		...all.filter((row) => row.team !== team).map((row) => `${row.team}/${practiceOf(row.of)}`),
		...[...own.values()].map(({ id }) => id),
		...away.flatMap((of) => [practiceOf(of), `${team}/${practiceOf(of)}`])
	];
	const from = known === indexed ? null : await library.index(indexed);
	// Another one came in between: its coming makes the screens ask anew.
	if (from === undefined) return null;
	// Noted and asked in one go: whoever asks next finds the index there.
	known = indexed;
	const answer = await ask({ like: situation, limit: CHOSEN_OF, except, from });
	const least = ENOUGH[(await form(team))?.similar ?? 'usual'];
	const enough = 'found' in answer ? answer.found.filter(({ score }) => score >= least) : [];
	const examples = new Map((await library.practices(enough.map(({ id }) => id))).map((one) => [one.id, one]));
	const similar = enough.flatMap(({ id, ...why }) => {
		const practice = own.get(id) ?? examples.get(id);
		return practice ? [{ ...why, practice, own: own.has(id) }] : [];
	});
	return {
		steps: stepsFor(situation, pieces({ ...edition, practices: [] }, edition.locale, rows)),
		similar: [...similar.filter(({ own }) => own), ...similar.filter(({ own }) => !own)].slice(0, SHOWN)
	};
}

/** What comes first for this type, then for this setting. */
function stepsFor({ type, setting }: Situation, all: readonly Piece[]): string[] {
	const names = [type && nameOf.steps({ type }), setting && nameOf.steps({ setting })];
	const found = names.map((name) => all.find(({ of }) => of === name));
	return found.flatMap((piece) => (piece?.kind === 'steps' && piece.state === 'shown' ? piece.words : []));
}

const practiceOf = (of: string): string => of.slice(of.indexOf('/') + 1);

/** ms that an alert waits for its advice: it goes all the same. */
const PATIENCE = 2_000;

/** What `advise` would show, by id; none where that takes too long or fails. */
export async function shownFor(situation: Situation, team: Id): Promise<Id[]> {
	const late = new Promise<null>((resolve) => setTimeout(resolve, PATIENCE, null));
	const advice = await Promise.race([advise(situation, team).catch(() => null), late]);
	return (advice?.similar ?? []).map(({ practice }) => practice.id);
}

/** What is on the shelf of these, in their order: the example, or where there is none any more what a team has made of it. */
export async function published(ids: readonly Id[]): Promise<Practice[]> {
	const [examples, rows] = await Promise.all([library.practices(ids), library.decided()]);
	const own = ownPractices(rows, []);
	return ids.flatMap((id) => [...examples, ...own].find((one) => one.id === id) ?? []);
}

/**
 * A team decides about a piece: `words` are its own from now on, in the language of the piece; null are the example's,
 * and absent what they were. Kind 'changed': somebody else has decided meanwhile, and that is here now; 'shape': something
 * is empty, or too long.
 */
export async function decide(
	team: Id,
	piece: Pick<Piece, 'of' | 'kind' | 'locale' | 'rev' | 'version' | 'based'>,
	change: { state?: PieceState; words?: Words[Kind] | null }
): Promise<Result<undefined, TeamError | { kind: 'changed' | 'shape' }>> {
	const now = await here();
	if (!now) return fail({ kind: 'locked' });
	const before = (await library.decided(team)).find(({ of }) => of === piece.of);
	const { words, state = before?.state ?? 'shown' } = change;
	const [practice] = await library.practices([practiceOf(piece.of)]);
	const body =
		words === undefined
			? (before?.body ?? null)
			: words && bodyWith(piece.kind, before?.body, piece.locale, words, practice);
	if (words && body === null) return fail({ kind: 'shape' });
	// Who decides about the words has the example of now before them.
	const based = words === undefined ? piece.based : piece.version;
	const row = { team, author: now.session.account, of: piece.of, over: piece.rev, based, state, body };
	const { asCoordinator } = await import('./team');
	const done = await asCoordinator(
		() => Promise.resolve(team),
		() => Promise.resolve([[{ collection: 'pieces', id: freshId(), verb: 'create', body: row }]])
	);
	await bring(team);
	if (done.ok || done.error.kind !== 'refused') return done;
	const after = (await library.decided(team)).find(({ of }) => of === piece.of);
	return after && after.rev !== piece.rev ? fail({ kind: 'changed' }) : done;
}

/** Which index the worker has. */
let known = '';
let worker: Worker | null = null;
const waiting = new Map<number, { resolve: (answer: Answer) => void; reject: (cause: Error) => void }>();
let asked = 0;

type Question = Asked extends infer One ? (One extends Asked ? Omit<One, 'id'> : never) : never;

function ask(question: Question): Promise<Answer> {
	const id = (asked += 1);
	worker ??= start();
	const answer = new Promise<Answer>((resolve, reject) => waiting.set(id, { resolve, reject }));
	worker.postMessage({ id, ...question } satisfies Asked, movable(question));
	return answer;
}

/** The index was read for the worker alone: it is handed over, not copied. */
function movable(question: Question): Transferable[] {
	if (!('from' in question) || !question.from) return [];
	const { facets, ends, docs, weights } = question.from.index;
	return [facets, ends, docs, weights].map(({ buffer }) => buffer as ArrayBuffer);
}

function start(): Worker {
	const started = new Worker(new URL('./match.worker.ts', import.meta.url), { type: 'module' });
	started.onmessage = ({ data }: MessageEvent<Answer>) => {
		waiting.get(data.id)?.resolve(data);
		waiting.delete(data.id);
	};
	// It did not load, or the system ended it: who waits hears of it, and the next question starts another one.
	started.onerror = () => {
		started.terminate();
		[worker, known] = [null, ''];
		for (const { reject } of waiting.values()) reject(new Error('the worker that compares stopped'));
		waiting.clear();
	};
	return started;
}
