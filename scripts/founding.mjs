// @ts-check
import { randomInt } from 'node:crypto';
import { Fault } from './fault.mjs';

/** Letters and digits that nobody mistakes for one another, read aloud or from a bad print. */
const ALPHABET = 'ACDEFGHJKMNPQRTVWXY34679';
const GROUPS = 4;
const LETTERS = 4;

/** A fresh one-time code of 73 bits, as 'ACDE-FGHJ-KMNP-QRTV'. */
export function makeFoundingCode() {
	const letter = () => ALPHABET[randomInt(ALPHABET.length)];
	const group = () => Array.from({ length: LETTERS }, letter).join('');
	return Array.from({ length: GROUPS }, group).join('-');
}

/**
 * Whether a team has been founded here.
 * @param {string} address of a healthy server
 */
export async function isFounded(address) {
	const answer = await fetch(`${address}/api/heed/facts`).catch(() => null);
	const facts = answer?.ok ? await answer.json().catch(() => null) : null;
	if (typeof facts?.instance !== 'string') {
		throw new Fault(
			`PocketBase runs but does not answer as Heed (GET /api/heed/facts: ${answer ? answer.status : 'no answer'}): fetch Heed again, its folder pb_hooks is not complete.`
		);
	}
	return facts.instance !== '';
}
