import { createSHA256 } from 'hash-wasm';
import { MAX_WORK_BITS, workPrefix, zeroBits } from '../domain/work';

export type Task = { instance: string; login: string; bits: number; day: string };

const DIGITS = 9;
const ZERO = 48;

/**
 * Finds what goes into the header X-Heed-Work. 18 bits take a quarter of a million hashes: half a second on a desktop,
 * a few on a cheap phone, and four times that with bad luck. On a screen use `workApart`. hash-wasm, since WebCrypto's
 * SHA-256 is asynchronous and ten times slower at so many small ones.
 */
export async function findWork({ instance, login, bits, day }: Task): Promise<string> {
	if (bits > MAX_WORK_BITS) throw new Error('a server asks for more work than a phone should do');
	const prefix = new TextEncoder().encode(workPrefix(instance, login, day));
	const text = new Uint8Array(prefix.length + DIGITS).fill(ZERO);
	text.set(prefix);
	const sha256 = await createSHA256();
	while (zeroBits(sha256.init().update(text).digest('binary')) < bits) count(text);
	return `${day}.${new TextDecoder().decode(text.subarray(prefix.length))}`;
}

/** One more, in decimal digits at the end. */
function count(text: Uint8Array): void {
	let at = text.length - 1;
	while (text[at] === ZERO + 9) text[at--] = ZERO;
	text[at] = (text[at] ?? ZERO) + 1;
}
