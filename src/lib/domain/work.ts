/**
 * Proof of work: some seconds of one device's time before a sign-up or sign-in, so that trying a million is dear. It
 * names instance, login and day, so no proof serves twice. pb_hooks/lib/work.js says the same for the server.
 */

/** More is never done, whatever a server asks for: it would only drain a phone. */
export const MAX_WORK_BITS = 24;

/** What is hashed begins with this and ends with the nonce, in UTF-8. `login` is normalised. */
export const workPrefix = (instance: string, login: string, day: string): string =>
	`heed/work/v1|${instance}|${login}|${day}|`;

/** The date in UTC, YYYY-MM-DD. The server also takes the day before and the day after. */
export const workDay = (now: number): string => new Date(now).toISOString().slice(0, 10);

/** How many bits of the hash are zero before the first one. */
export function zeroBits(hash: Uint8Array): number {
	const at = hash.findIndex((byte) => byte !== 0);
	return at < 0 ? hash.length * 8 : at * 8 + Math.clz32(hash[at] ?? 0) - 24;
}
