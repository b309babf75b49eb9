/**
 * When this device last had an answer for somebody. Outside of IndexedDB, where each write makes all screens look again: an
 * answer without news is no reason to.
 */
const NAME = 'heed_heard';

/** `at` in ms. Where a browser keeps no such thing, nothing is lost but this. */
export function keepHeard(account: string, at: number): void {
	try {
		localStorage.setItem(NAME, `${account} ${at}`);
	} catch {
		// What came is worth more than when.
	}
}

/** ms; 0 where it is not known. */
export function heardBy(account: string): number {
	const [of, at] = localStorage.getItem(NAME)?.split(' ') ?? [];
	return of === account ? Number(at) : 0;
}
