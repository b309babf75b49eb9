/** Passphrases that are offered. */
import type { Locale } from '../domain/lists';
import { offerPassphrase } from '../domain/phrase';
import { wordList } from '../words/lists';

/** Six words of the language, new each time. */
export async function offer(locale: Locale): Promise<string> {
	return offerPassphrase(await wordList(locale), (bytes) => crypto.getRandomValues(bytes));
}
