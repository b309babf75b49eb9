/** Looks for what may tell who is meant: on a slow phone that would hold up every letter. */
import { findMarks } from '../domain/guard/guard';
import type { Mark } from '../domain/guard/mark';
import { namesFrom, type NameList, type Names } from '../domain/guard/names';
import type { Locale } from '../domain/lists';

/** `lists`: where the names are, those first that are wanted soonest. Else a text to look through. */
export type Asked = { lists: string[] } | { id: number; text: string; lang: Locale };
/** How much is known of names: more comes, or could not be had. */
export type Known = 'all' | 'coming' | 'missing';
/** Without an id more is known from now on. */
export type Answer = { id: number; marks: Mark[]; names: Known } | { id: null };

/** ms until a list that did not come is asked for once more. */
const AGAIN = 20_000;

let missing: string[] = [];
let come: NameList[] = [];
let names: Names = namesFrom([]);
let loading = false;
let failed = false;

self.onmessage = ({ data }: MessageEvent<Asked>) => {
	if ('lists' in data) {
		missing = data.lists;
		void load();
		return;
	}
	const { id, text, lang } = data;
	const marks = findMarks(text, lang, names);
	self.postMessage({ id, marks, names: known() } satisfies Answer);
};

const known = (): Known => (missing.length === 0 ? 'all' : failed ? 'missing' : 'coming');

/** One after the other: what the language of the screen needs is not to wait for the others. */
async function load(): Promise<void> {
	if (loading) return;
	loading = true;
	for (const source of [...missing]) {
		// Without a network, and where a portal answers in its place, it is asked for again.
		const list = await fetch(source)
			.then((response) => (response.ok ? (response.json() as Promise<NameList>) : null))
			.catch(() => null);
		if (list) {
			missing = missing.filter((one) => one !== source);
			come = [...come, list];
			names = namesFrom(come);
		}
		failed = !list;
		self.postMessage({ id: null } satisfies Answer);
	}
	loading = false;
	if (missing.length > 0) setTimeout(() => void load(), AGAIN);
}
