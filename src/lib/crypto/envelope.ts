import { fail, ok, type Result } from '../domain/result';
import { open, seal } from './age';
import { digest, fromBase64, toBase64, type Bytes } from './bytes';

/**
 * Where a sealed thing belongs. It travels inside and is compared on opening, so that the server cannot move
 * an entry to another case or put one author's words under another's name unnoticed by the holder of the key.
 * The author's signature over the same header, and padding, come with version 2.
 */
export type Place = { team: string; case: string; entry: string; key: string; kind: string; author: string };
export type FilePlace = { case: string; key: string; file: string; index: number; count: number };

export type Sealed = { sealed: string; digest: string };
type Failed = { kind: 'unreadable' };

const VERSION = 1;
const utf8 = new TextEncoder();

/** JSON of version, place and content, sealed for the holders of the key. */
export async function sealEntry(place: Place, content: unknown, recipient: string): Promise<Sealed> {
	const bytes = await seal(utf8.encode(JSON.stringify({ v: VERSION, place, content })), recipient);
	return { sealed: toBase64(bytes), digest: await digest(bytes) };
}

/** The content, unparsed, when it opens and stands where its author put it. */
export async function openEntry(
	sealed: string,
	place: Place,
	identity: string
): Promise<Result<unknown, Failed>> {
	try {
		const text = new TextDecoder('utf-8', { fatal: true }).decode(await open(fromBase64(sealed), identity));
		const envelope = JSON.parse(text) as { v: unknown; place: unknown; content: unknown };
		if (envelope.v !== VERSION || !samePlace(envelope.place, place)) return fail({ kind: 'unreadable' });
		return ok(envelope.content);
	} catch {
		return fail({ kind: 'unreadable' });
	}
}

/** One part of a file: a line of JSON that says where it belongs, then the bytes. */
export async function sealPart(
	place: FilePlace,
	bytes: Bytes,
	recipient: string
): Promise<{ bytes: Bytes; digest: string }> {
	const head = utf8.encode(`${JSON.stringify({ v: VERSION, place })}\n`);
	const whole = new Uint8Array(head.length + bytes.length);
	whole.set(head);
	whole.set(bytes, head.length);
	const sealed = await seal(whole, recipient);
	return { bytes: sealed, digest: await digest(sealed) };
}

export async function openPart(
	sealed: Uint8Array,
	place: FilePlace,
	identity: string
): Promise<Result<Bytes, Failed>> {
	try {
		const whole = await open(sealed, identity);
		const end = whole.indexOf(0x0a);
		const head = JSON.parse(new TextDecoder().decode(whole.subarray(0, end))) as {
			v: unknown;
			place: unknown;
		};
		if (head.v !== VERSION || !samePlace(head.place, place)) return fail({ kind: 'unreadable' });
		return ok(whole.slice(end + 1));
	} catch {
		return fail({ kind: 'unreadable' });
	}
}

function samePlace(inside: unknown, expected: Record<string, string | number>): boolean {
	if (typeof inside !== 'object' || inside === null) return false;
	const said = inside as Record<string, unknown>;
	const names = Object.keys(expected);
	return Object.keys(said).length === names.length && names.every((name) => said[name] === expected[name]);
}
