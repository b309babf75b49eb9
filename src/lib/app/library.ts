/** What was published, and what of it is like something: kept on the device, so that advice needs no network. */
import type { Id } from '../domain/id';
import type { Locale } from '../domain/lists';
import { ENOUGH, type Match } from '../domain/match/match';
import { Shelf, type Practice } from '../domain/practice';
import type { Situation } from '../domain/situation';
import de from '../starter/generated/de.json?url';
import en from '../starter/generated/en.json?url';
import hu from '../starter/generated/hu.json?url';
import pl from '../starter/generated/pl.json?url';
import ro from '../starter/generated/ro.json?url';
import { Library } from '../store/library';
import { form } from './form';
import type { Answer, Asked } from './match.worker';

export type Similar = Omit<Match, 'id'> & { practice: Practice };
export type Advice = {
	/** What comes first for this type, then for this setting. */
	steps: string[];
	/** The most similar first; none where nothing is similar enough. */
	similar: Similar[];
};

const library = new Library();
/** Where each language's edition is; the address changes with what it says. */
const EDITIONS: Record<Locale, string> = { en, pl, de, ro, hu };

/** Fetches the edition in this language where it is not here yet. What is here stays until another one is there whole. */
export async function stock(locale: Locale): Promise<void> {
	const source = EDITIONS[locale];
	if ((await library.edition())?.source === source) return;
	// Without a network, and where a portal answers in its place, the next start asks again.
	const answer: unknown = await fetch(source)
		.then((response) => response.json())
		.catch(() => null);
	const shelf = Shelf.safeParse(answer);
	if (!shelf.success) return;
	const { practices, lexicon } = shelf.data;
	const made = await ask({ practices, lexicon });
	if ('index' in made) await library.restock(source, shelf.data, made.index);
}

/** As similar as the `team` of the alert wants it. Null until an edition has come. */
export async function advise(situation: Situation, team: Id): Promise<Advice | null> {
	const edition = await library.edition();
	if (!edition) return null;
	const { firstSteps, source } = edition;
	const from = known === source ? null : await library.index(source);
	// Another edition came in between: its coming makes the screens ask anew.
	if (from === undefined) return null;
	known = source;
	const answer = await ask({ like: situation, from });
	const least = ENOUGH[(await form(team))?.similar ?? 'usual'];
	const enough = 'found' in answer ? answer.found.filter(({ score }) => score >= least) : [];
	const practices = new Map(
		(await library.practices(enough.map(({ id }) => id))).map((one) => [one.id, one])
	);
	return {
		steps: firstSteps
			.filter(({ for: of }) => ('type' in of ? of.type === situation.type : of.setting === situation.setting))
			.sort((one, other) => Number('setting' in one.for) - Number('setting' in other.for))
			.flatMap(({ steps }) => steps),
		similar: enough.flatMap(({ id, ...why }) => {
			const practice = practices.get(id);
			return practice ? [{ ...why, practice }] : [];
		})
	};
}

/** ms that an alert waits for its advice: it goes all the same. */
const PATIENCE = 2_000;

/** What `advise` would show, by id; none where that takes too long or fails. */
export async function shownFor(situation: Situation, team: Id): Promise<Id[]> {
	const late = new Promise<null>((resolve) => setTimeout(resolve, PATIENCE, null));
	const advice = await Promise.race([advise(situation, team).catch(() => null), late]);
	return (advice?.similar ?? []).map(({ practice }) => practice.id);
}

/** What is on the shelf of these, in their order. */
export const published = (ids: readonly Id[]): Promise<Practice[]> => library.practices(ids);

/** Of which edition the worker has the index. */
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
