/**
 * What lies on the device lies under AES-256-GCM. A box is a 12-byte random nonce and the ciphertext;
 * `context` (associated data) says what the box is, so that no box can stand in for another.
 * WebCrypto only: writing a draft must not load anything heavy.
 */
export type Box = Uint8Array<ArrayBuffer>;

const NONCE = 12;
const utf8 = new TextEncoder();

/** A fresh AES key that can seal and open but never leave the browser. */
export function newDeviceKey(): Promise<CryptoKey> {
	return crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}

/** The raw 32 bytes become a key that cannot be read back. */
export function importKey(raw: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
	return crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt']);
}

export async function keepBytes(
	key: CryptoKey,
	bytes: Uint8Array<ArrayBuffer>,
	context: string
): Promise<Box> {
	const nonce = crypto.getRandomValues(new Uint8Array(NONCE));
	const sealed = await crypto.subtle.encrypt(
		{ name: 'AES-GCM', iv: nonce, additionalData: utf8.encode(context) },
		key,
		bytes
	);
	const box = new Uint8Array(NONCE + sealed.byteLength);
	box.set(nonce);
	box.set(new Uint8Array(sealed), NONCE);
	return box;
}

/** Throws when the key, the context or a single bit is another. */
export async function recallBytes(
	key: CryptoKey,
	box: Box,
	context: string
): Promise<Uint8Array<ArrayBuffer>> {
	return new Uint8Array(
		await crypto.subtle.decrypt(
			{ name: 'AES-GCM', iv: box.subarray(0, NONCE), additionalData: utf8.encode(context) },
			key,
			box.subarray(NONCE)
		)
	);
}

/** Any JSON value. */
export function keep(key: CryptoKey, value: unknown, context: string): Promise<Box> {
	return keepBytes(key, utf8.encode(JSON.stringify(value)), context);
}

/** What `keep` put away, unparsed: the caller checks its shape. Throws as `recallBytes` does. */
export async function recall(key: CryptoKey, box: Box, context: string): Promise<unknown> {
	return JSON.parse(new TextDecoder().decode(await recallBytes(key, box, context)));
}
