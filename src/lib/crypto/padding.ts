import type { Bytes } from './bytes';

/**
 * The length that hides a length of `bytes`: Padmé (Nikitin and others, 'Reducing Metadata Leakage from Encrypted Files',
 * 2019). At most 12 % more, and no more than O(log log n) bits tell of the true one.
 */
export function padded(bytes: number): number {
	if (bytes < 2) return bytes;
	const exponent = Math.floor(Math.log2(bytes));
	const kept = Math.floor(Math.log2(exponent)) + 1;
	const step = 2 ** Math.max(0, exponent - kept);
	return Math.ceil(bytes / step) * step;
}

/** What is short is all of one length: 'yes' and a paragraph look the same. */
const LEAST = 1024;

/** `bytes` and zeros up to the length that hides theirs. */
export function pad(bytes: Uint8Array): Bytes {
	const whole = new Uint8Array(Math.max(LEAST, padded(bytes.length)));
	whole.set(bytes);
	return whole;
}

/** Whether zeros follow after `end`, and just as many as `pad` puts there: nothing can hide in them. */
export function isPadding(whole: Uint8Array, end: number): boolean {
	return whole.length === Math.max(LEAST, padded(end)) && whole.subarray(end).every((byte) => byte === 0);
}
