/**
 * What is sealed: a header that says where it belongs, what was said, and the author's signature over both, padded so
 * that the length tells little. The server can neither move it, nor sign it, nor read it; nor can another reader, who
 * could seal the same words to somebody else, but not under another place or name.
 *
 *     4 bytes: length of the header | header, RFC 8785 JSON | 4 bytes: length of the body | body
 *     | 64 bytes: Ed25519 over all of that | 2 bytes: length of the certificate | certificate, JSON | zeros (Padmé)
 */
import { Certificate, EntryHeader, PartHeader, TrayHeader } from '../domain/envelope';
import type { Id } from '../domain/id';
import { fail, ok, type Result } from '../domain/result';
import { open, seal } from '#age';
import { digest, fromBase64, toBase64, type Bytes } from './bytes';
import type { Hand } from './hand';
import { isPadding, pad } from './padding';
import { canonical, isAttested, isSigned, sign, type Purpose } from './proof';

export type Sealed = { sealed: string; digest: string };
/** `unreadable`: damaged, or for another key. The others open, and are not what they say. */
export type Wrong = { kind: 'unreadable' | 'misplaced' | 'forged' };
/** The author's public keys as this device has pinned them, the newest first; none for somebody unknown. */
export type Verifiers = readonly string[];

const utf8 = new TextEncoder();
const SIGNATURE = 64;

/** JSON content, sealed for the holders of the key. */
export async function sealEntry(
	header: EntryHeader,
	content: unknown,
	recipient: string,
	hand: Hand
): Promise<Sealed> {
	const whole = await wrap('entry', header, utf8.encode(JSON.stringify(content)), hand);
	const bytes = await seal(whole, recipient);
	return { sealed: toBase64(bytes), digest: await digest(bytes) };
}

/**
 * The content, unparsed, when it opens, stands where its author put it, and the author's key has signed it. `device`: the
 * locked one that signed for its person. It says nothing but what an alert begins with, and the reader has to make sure of
 * that place.
 */
export async function openEntry(
	sealed: string,
	place: Omit<EntryHeader, 'after' | 'seq' | 'device' | 'roll'>,
	identity: string,
	author: Verifiers
): Promise<Result<{ header: EntryHeader; content: unknown; device?: Id }, Wrong>> {
	try {
		const inside = await unwrap('entry', await open(fromBase64(sealed), identity), author);
		if (!inside.ok) return inside;
		const header = EntryHeader.parse(inside.value.header);
		if (!isAt(header, place)) return fail({ kind: 'misplaced' });
		// A locked device speaks for its person only where nothing older could be changed by it.
		const { certificate, body } = inside.value;
		if (certificate && !speaksFor(certificate, header)) return fail({ kind: 'forged' });
		const content: unknown = JSON.parse(text(body));
		return ok({ header, content, ...(certificate && { device: certificate.device }) });
	} catch {
		return fail({ kind: 'unreadable' });
	}
}

/** One part of a file, sealed for the holders of the key. */
export async function sealPart(
	header: PartHeader,
	bytes: Bytes,
	recipient: string,
	hand: Hand
): Promise<{ bytes: Bytes; digest: string }> {
	const sealed = await seal(await wrap('part', header, bytes, hand), recipient);
	return { bytes: sealed, digest: await digest(sealed) };
}

export async function openPart(
	sealed: Uint8Array,
	place: PartHeader,
	identity: string,
	author: Verifiers
): Promise<Result<Bytes, Wrong>> {
	try {
		const inside = await unwrap('part', await open(sealed, identity), author);
		if (!inside.ok) return inside;
		if (!isAt(PartHeader.parse(inside.value.header), place)) return fail({ kind: 'misplaced' });
		if (inside.value.certificate && inside.value.certificate.user !== place.author)
			return fail({ kind: 'forged' });
		return ok(inside.value.body);
	} catch {
		return fail({ kind: 'unreadable' });
	}
}

/** What a person has not sent yet, sealed to the person's own recipient: for whichever device comes next. */
export async function sealTray(
	header: TrayHeader,
	content: unknown,
	recipient: string,
	hand: Hand
): Promise<Bytes> {
	return seal(await wrap('tray', header, utf8.encode(JSON.stringify(content)), hand), recipient);
}

/** The content, unparsed, when `author`'s own key has signed it for `place`: no device speaks for a person here. */
export async function openTray(
	sealed: Uint8Array,
	place: TrayHeader,
	identity: string,
	author: Verifiers
): Promise<Result<unknown, Wrong>> {
	try {
		const inside = await unwrap('tray', await open(sealed, identity), author);
		if (!inside.ok) return inside;
		if (!isAt(TrayHeader.parse(inside.value.header), place)) return fail({ kind: 'misplaced' });
		if (inside.value.certificate) return fail({ kind: 'forged' });
		return ok(JSON.parse(text(inside.value.body)) as unknown);
	} catch {
		return fail({ kind: 'unreadable' });
	}
}

async function wrap(
	purpose: Purpose,
	header: EntryHeader | PartHeader | TrayHeader,
	body: Uint8Array,
	{ key, certificate }: Hand
): Promise<Bytes> {
	const head = utf8.encode(canonical({ v: 2, ...header }));
	const signed = joined([length(head, 4), head, length(body, 4), body]);
	const trailer = utf8.encode(certificate ? canonical(certificate) : '');
	return pad(joined([signed, await sign(key, purpose, signed), length(trailer, 2), trailer]));
}

type Inside = { header: unknown; body: Bytes; certificate: Certificate | null };

/** Throws where it is not laid out as `wrap` does. */
async function unwrap(purpose: Purpose, whole: Bytes, author: Verifiers): Promise<Result<Inside, Wrong>> {
	const read = reader(whole);
	const head = read(read.number(4));
	const body = read(read.number(4));
	const signed = whole.subarray(0, read.at());
	const signature = read(SIGNATURE);
	const trailer = read(read.number(2));
	if (!isPadding(whole, read.at())) return fail({ kind: 'unreadable' });

	const certificate = trailer.length === 0 ? null : Certificate.parse(JSON.parse(text(trailer)));
	// Written in another way than the one way, it is not what a device of ours writes.
	if (certificate && canonical(certificate) !== text(trailer)) return fail({ kind: 'unreadable' });
	for (const verifier of author) {
		const signer = certificate ? await certified(certificate, verifier) : verifier;
		if (!signer || !(await isSigned(signer, purpose, signed, signature))) continue;
		const { v, ...header } = JSON.parse(text(head)) as Record<string, unknown>;
		if (v !== 2 || canonical({ v, ...header }) !== text(head)) break;
		return ok({ header, body: body.slice(), certificate });
	}
	return fail({ kind: 'forged' });
}

/** The device's public key, when `verifier`'s owner vouches for it; else null. */
async function certified({ proof, ...fields }: Certificate, verifier: string): Promise<string | null> {
	return (await isAttested(verifier, 'device', fields, proof)) ? fields.verifier : null;
}

const speaksFor = (certificate: Certificate, header: EntryHeader): boolean =>
	certificate.user === header.author &&
	certificate.device === header.device &&
	['alert', 'opening', 'names'].includes(header.kind);

/** To the byte: what is no UTF-8 throws, and a mark before it stays, so that nothing else is read than was signed. */
const text = (bytes: Uint8Array): string =>
	new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);

function isAt(header: Record<string, unknown>, place: Record<string, unknown>): boolean {
	return Object.keys(place).every((name) => header[name] === place[name]);
}

function length(bytes: Uint8Array, size: 2 | 4): Bytes {
	const written = new Uint8Array(size);
	const view = new DataView(written.buffer);
	if (size === 4) view.setUint32(0, bytes.length);
	else view.setUint16(0, bytes.length);
	return written;
}

function joined(pieces: readonly Uint8Array[]): Bytes {
	const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
	let at = 0;
	for (const piece of pieces) {
		whole.set(piece, at);
		at += piece.length;
	}
	return whole;
}

/** Takes the next bytes; throws when there are fewer. */
function reader(whole: Bytes) {
	let at = 0;
	const take = (size: number): Bytes => {
		if (at + size > whole.length) throw new RangeError('shorter than it says');
		const piece = whole.subarray(at, at + size);
		at += size;
		return piece;
	};
	const number = (size: 2 | 4): number => {
		const piece = take(size);
		const view = new DataView(piece.buffer, piece.byteOffset, size);
		return size === 4 ? view.getUint32(0) : view.getUint16(0);
	};
	return Object.assign(take, { number, at: () => at });
}
