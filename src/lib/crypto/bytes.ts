import { base64, base64urlnopad, bech32, hex } from '@scure/base';

export { bech32 };

export type Bytes = Uint8Array<ArrayBuffer>;

/** A copy in memory of its own, as WebCrypto and IndexedDB want it. */
export const own = (bytes: Uint8Array): Bytes => new Uint8Array(bytes);

export const toBase64 = (bytes: Uint8Array): string => base64.encode(bytes);
/** Throws on anything but padded standard base64. */
export const fromBase64 = (text: string): Bytes => own(base64.decode(text));
export const toBase64url = (bytes: Uint8Array): string => base64urlnopad.encode(bytes);

/** SHA-256, lower-case hex: how a sealed thing is recognised when it is sent again. */
export async function digest(bytes: Bytes): Promise<string> {
	return hex.encode(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
}

/** The same of a text's UTF-8. */
export const textDigest = (text: string): Promise<string> => digest(own(new TextEncoder().encode(text)));
