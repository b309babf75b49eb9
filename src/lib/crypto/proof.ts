/**
 * Signatures: Ed25519 by WebCrypto, the only door to it. Every signature names its purpose first, so that what was
 * signed as one thing can never be shown as another.
 */
import canonicalize from 'canonicalize';
import { digest, fromBase64, own, toBase64, type Bytes } from './bytes';

export const PURPOSES = [
	'card',
	'device',
	'key',
	'grant',
	'roll',
	'entry',
	'part',
	'recovery',
	'approval',
	'tray'
] as const;
export type Purpose = (typeof PURPOSES)[number];
/** Plain values only: what RFC 8785 can write. */
export type Fields = Readonly<Record<string, unknown>>;

const utf8 = new TextEncoder();
/** PKCS #8 in front of an Ed25519 seed (RFC 8410). */
const PKCS8 = Uint8Array.from([48, 46, 2, 1, 0, 48, 5, 6, 3, 43, 101, 112, 4, 34, 4, 32]);

/** `seed` is secret: 32 bytes, base64. `verifier` is public. */
export type SigningPair = { seed: string; verifier: string };

export async function newSigningPair(): Promise<SigningPair> {
	return signingPair(crypto.getRandomValues(new Uint8Array(32)));
}

export async function signingPair(seed: Bytes): Promise<SigningPair> {
	const key = await crypto.subtle.importKey('pkcs8', pkcs8(seed), 'Ed25519', true, ['sign']);
	const { x } = await crypto.subtle.exportKey('jwk', key);
	const verifier = (x ?? '').replaceAll('-', '+').replaceAll('_', '/');
	return { seed: toBase64(seed), verifier: `${verifier}=` };
}

/** Signs, and cannot be read back. */
export function signingKey(seed: string): Promise<CryptoKey> {
	return crypto.subtle.importKey('pkcs8', pkcs8(fromBase64(seed)), 'Ed25519', false, ['sign']);
}

/** A key that never leaves this browser, and its public half. */
export async function newDeviceSigningKey(): Promise<{ key: CryptoKey; verifier: string }> {
	const pair = await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify']);
	const raw = await crypto.subtle.exportKey('raw', pair.publicKey);
	return { key: pair.privateKey, verifier: toBase64(new Uint8Array(raw)) };
}

/** 64 bytes. */
export async function sign(key: CryptoKey, purpose: Purpose, bytes: Uint8Array): Promise<Bytes> {
	return own(new Uint8Array(await crypto.subtle.sign('Ed25519', key, said(purpose, bytes))));
}

/** False for anything that is not this signature of these bytes by this key; never throws. */
export async function isSigned(
	verifier: string,
	purpose: Purpose,
	bytes: Uint8Array,
	signature: Uint8Array
): Promise<boolean> {
	try {
		const key = await crypto.subtle.importKey('raw', fromBase64(verifier), 'Ed25519', false, ['verify']);
		return await crypto.subtle.verify('Ed25519', key, own(signature), said(purpose, bytes));
	} catch {
		return false;
	}
}

/** The one way to write fields down (RFC 8785), so that two devices sign the same bytes. */
export const canonical = (fields: Fields): string => canonicalize(fields) ?? '';

/** A record's proof: a signature over its fields, base64. */
export async function attest(key: CryptoKey, purpose: Purpose, fields: Fields): Promise<string> {
	return toBase64(await sign(key, purpose, utf8.encode(canonical(fields))));
}

export async function isAttested(
	verifier: string,
	purpose: Purpose,
	fields: Fields,
	proof: string
): Promise<boolean> {
	try {
		return await isSigned(verifier, purpose, utf8.encode(canonical(fields)), fromBase64(proof));
	} catch {
		return false;
	}
}

/** SHA-256 of fields as they are signed, lower-case hex. */
export const digestOf = (fields: Fields): Promise<string> => digest(own(utf8.encode(canonical(fields))));

function pkcs8(seed: Bytes): Bytes {
	const whole = new Uint8Array(PKCS8.length + 32);
	whole.set(PKCS8);
	whole.set(seed.subarray(0, 32), PKCS8.length);
	return whole;
}

function said(purpose: Purpose, bytes: Uint8Array): Bytes {
	const head = utf8.encode(`heed/v2/${purpose}\n`);
	const whole = new Uint8Array(head.length + bytes.length);
	whole.set(head);
	whole.set(bytes, head.length);
	return whole;
}
