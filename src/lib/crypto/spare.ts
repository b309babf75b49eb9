/** A team's printed recovery key: what the paper says becomes a key pair, a signing key, and the ticket for the server. */
import { recipientOf, type Pair } from '#age';
import { bech32, toBase64url, type Bytes } from './bytes';
import { expand } from './passphrase';
import { signingPair, type SigningPair } from './proof';
import type { Paper } from './words';

/** 128 bits: thirteen words of ten. */
export const SPARE_BYTES = 16;

/** How it is written on the paper: thirteen words, and the one that catches slips. */
export const SPARE_PAPER: Paper = { label: 'heed/spare/words/v1', bits: 8 * SPARE_BYTES };

/** One paper serves one team of one instance. `ticket` is shown to the server, which keeps its digest only. */
export async function spareOf(
	secret: Bytes,
	instance: string,
	team: string
): Promise<Pair & SigningPair & { ticket: string }> {
	const part = (name: string) => expand(secret, `heed/spare/${name}/v1|${instance}|${team}`);
	const identity = identityFrom(await part('age'));
	const ticket = toBase64url(await part('ticket'));
	return {
		identity,
		recipient: await recipientOf(identity),
		...(await signingPair(await part('sign'))),
		ticket
	};
}

/** A hybrid identity of 32 secret bytes, in age's own text form. */
const identityFrom = (scalar: Uint8Array): string =>
	bech32.encodeFromBytes('AGE-SECRET-KEY-PQ-', scalar).toUpperCase();
