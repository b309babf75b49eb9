/// <reference lib="webworker" />
import { LOCALES, type Locale } from '../lib/domain/lists';
import { spoken } from '../lib/domain/spoken';
import { keptWhenWanted } from './kept';

/** The language that a file holds the words of, by its name; '' where it holds something else. */
export const localeOf = (path: string): string => /\/words\/([a-z]+)\.[^/]+\.js$/.exec(path)?.[1] ?? '';

/**
 * Keeps the words of the languages that are spoken on this device, each from the first time on. The others would be four
 * fifths of all words. `chosen` hears which one a page speaks from now on.
 */
export function keepWords(
	worker: ServiceWorkerGlobalScope,
	files: readonly string[],
	chosen: (locale: Locale) => Promise<unknown>
): void {
	const of = (locales: readonly string[]) => files.filter((path) => locales.includes(localeOf(path)));
	const kept = keptWhenWanted(worker, 'heed-words', files, (path) => of([localeOf(path)]));

	async function keepSpoken(): Promise<void> {
		// A version before there was this cache kept all languages, and nobody knows which of them was chosen.
		const here = (await kept.here()).map(localeOf);
		const isUnknown = worker.registration.active !== null && here.length === 0;
		await kept.keep(of(isUnknown ? LOCALES : spoken(worker.navigator.languages, here)));
	}

	worker.addEventListener('install', (event) => event.waitUntil(keepSpoken()));
	// A page says what it speaks, and hears whether that is here.
	worker.addEventListener('message', (event: ExtendableMessageEvent) => {
		const { speak } = (event.data ?? {}) as { speak?: unknown };
		if (typeof speak !== 'string') return;
		const tell = (isHere: boolean): void => event.ports[0]?.postMessage(isHere);
		const locale = LOCALES.find((one) => one === speak);
		const done = kept.keep(of([speak])).then(
			() => {
				tell(true);
				return locale && chosen(locale);
			},
			() => tell(false)
		);
		event.waitUntil(done);
	});
}
