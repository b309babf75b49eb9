import type { Id } from './id';

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** A new id of about 77 bits. `random` fills and returns the bytes, as `crypto.getRandomValues` does. */
export function newId(random: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array): Id {
	let id = '';
	while (id.length < 15) {
		for (const byte of random(new Uint8Array(20))) {
			// 252 is the largest multiple of 36 in a byte: what lies above would favour some letters.
			if (byte < 252 && id.length < 15) id += ALPHABET.charAt(byte % 36);
		}
	}
	return id;
}

/** The id that a SHA-256 (hex) stands for: about 77 bits of it, so that an id can vouch for what it was made from. */
export const idOfDigest = (hex: string): Id =>
	(BigInt(`0x${hex}`) % 36n ** 15n).toString(36).padStart(15, '0');
