/** What in a text may tell who is meant, looked for on this device while somebody writes. */
import type { Mark } from '../domain/guard/mark';
import { LOCALES, type Locale } from '../domain/lists';
import de from '../names/names-de.json?url';
import en from '../names/names-en.json?url';
import hu from '../names/names-hu.json?url';
import pl from '../names/names-pl.json?url';
import ro from '../names/names-ro.json?url';
import type { Answer, Asked, Known } from './guard.worker';

/** Where each language's names are; the service worker keeps them from the first time on. */
const LISTS: Record<Locale, string> = { en, pl, de, ro, hu };

/** `names`: whether all of them were here to look for. */
export type Looked = { text: string; marks: Mark[]; names: Known };

export type Guard = {
	/** Looks through this text, written in this language; where another one is still looked through, afterwards. */
	look: (text: string, lang: Locale) => void;
	end: () => void;
};

/** ms that the worker stays when no text is open: from one question to the next. */
const LINGER = 5_000;

type Place = { wanted: { text: string; lang: Locale }; asked: string | null; tell: (looked: Looked) => void };
const open = new Map<number, Place>();
let last = 0;
let worker: Worker | null = null;
let leaving: ReturnType<typeof setTimeout> | undefined;

/** Tells of the newest text what was found, not of each. Ends with `end`. */
export function guard(tell: (looked: Looked) => void): Guard {
	const id = (last += 1);
	clearTimeout(leaving);
	return {
		look(text, lang) {
			clearTimeout(leaving);
			const place = open.get(id) ?? { wanted: { text, lang }, asked: null, tell };
			place.wanted = { text, lang };
			open.set(id, place);
			if (place.asked === null) ask(id, place);
		},
		end() {
			open.delete(id);
			// It remembers words that were typed.
			if (open.size === 0) leaving = setTimeout(stop, LINGER);
		}
	};
}

function ask(id: number, place: Place): void {
	const { text, lang } = place.wanted;
	worker ??= start(lang);
	place.asked = text;
	worker.postMessage({ id, text, lang } satisfies Asked);
}

function start(lang: Locale): Worker {
	const started = new Worker(new URL('./guard.worker.ts', import.meta.url), { type: 'module' });
	started.onmessage = ({ data }: MessageEvent<Answer>) => hear(data);
	// It did not load, or the system ended it: the next letter starts another one.
	started.onerror = stop;
	const lists = [lang, ...LOCALES.filter((locale) => locale !== lang)].map((locale) => LISTS[locale]);
	started.postMessage({ lists } satisfies Asked);
	return started;
}

function hear(answer: Answer): void {
	if (answer.id === null) {
		for (const [id, place] of open) if (place.asked === null) ask(id, place);
		return;
	}
	const place = open.get(answer.id);
	if (!place || place.asked === null) return;
	const { marks, names } = answer;
	const text = place.asked;
	place.asked = null;
	place.tell({ text, marks, names });
	if (place.wanted.text !== text) ask(answer.id, place);
}

function stop(): void {
	worker?.terminate();
	worker = null;
	for (const place of open.values()) place.asked = null;
}

/** Until the service worker answers for this page, nothing of all this is kept: from then on it comes once more. */
function renew(): void {
	if (!worker) return;
	stop();
	for (const [id, place] of open) ask(id, place);
}

if ('serviceWorker' in navigator) navigator.serviceWorker.addEventListener('controllerchange', renew);
