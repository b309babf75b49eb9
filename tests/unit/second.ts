/**
 * A second implementation of what is signed and sealed, for known answers: it imports nothing of ours, and takes its
 * ciphers from Node's own crypto (OpenSSL), not from WebCrypto. It follows the words in `crypto/envelope.ts`,
 * RFC 8785, RFC 8032, RFC 8410, BIP 173 and the paper on Padmé.
 */
import { createCipheriv, createDecipheriv, createHash, hkdfSync } from 'node:crypto';
import { createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';

export type Plain = string | number | boolean | null | readonly Plain[] | { readonly [name: string]: Plain };
type Signer = { key: KeyObject; verifier: string };

/** RFC 8785 for text, whole numbers, lists and objects. */
export function canonical(value: Plain): string {
	if (typeof value === 'string') return quoted(value);
	if (Array.isArray(value)) return `[${value.map((one: Plain) => canonical(one)).join(',')}]`;
	if (typeof value === 'object' && value !== null) {
		const entries = Object.entries(value as Record<string, Plain>);
		// By UTF-16 code units, as `<` compares.
		entries.sort(([a], [b]) => (a < b ? -1 : 1));
		return `{${entries.map(([name, one]) => `${quoted(name)}:${canonical(one)}`).join(',')}}`;
	}
	return String(value);
}

function quoted(text: string): string {
	const short: Record<string, string> = {
		...{ '"': '\\"', '\\': '\\\\', '\b': '\\b', '\t': '\\t', '\n': '\\n', '\f': '\\f', '\r': '\\r' }
	};
	let out = '';
	for (const unit of text) {
		const code = unit.charCodeAt(0);
		out += short[unit] ?? (code < 0x20 ? `\\u${code.toString(16).padStart(4, '0')}` : unit);
	}
	return `"${out}"`;
}

export function signer(seed: Uint8Array): Signer {
	const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]);
	const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
	const spki = createPublicKey(key).export({ format: 'der', type: 'spki' });
	return { key, verifier: spki.subarray(-32).toString('base64') };
}

const said = (purpose: string, bytes: Uint8Array): Buffer =>
	Buffer.concat([Buffer.from(`heed/v2/${purpose}\n`, 'utf8'), bytes]);

export const signed = ({ key }: Signer, purpose: string, bytes: Uint8Array): Buffer =>
	sign(null, said(purpose, bytes), key);

export const attested = (by: Signer, purpose: string, fields: Plain): string =>
	signed(by, purpose, Buffer.from(canonical(fields), 'utf8')).toString('base64');

export function isBy(verifier: string, purpose: string, bytes: Uint8Array, signature: Uint8Array): boolean {
	const spki = Buffer.concat([
		Buffer.from('302a300506032b6570032100', 'hex'),
		Buffer.from(verifier, 'base64')
	]);
	return verify(
		null,
		said(purpose, bytes),
		createPublicKey({ key: spki, format: 'der', type: 'spki' }),
		signature
	);
}

export const sha256 = (text: string | Uint8Array): string => createHash('sha256').update(text).digest('hex');

/** As the paper writes it (algorithm 1): E = floor(log2 L), S = floor(log2 E) + 1, round up to E - S zero bits. */
export function padme(length: number): number {
	if (length < 2) return length;
	const e = 31 - Math.clz32(length);
	const s = 32 - Math.clz32(e);
	const mask = (1 << (e - s)) - 1;
	return (length + mask) & ~mask;
}

/** What is inside an envelope takes this much room: Padmé, and 1,024 bytes at the least. */
export const filled = (bytes: Buffer): Buffer =>
	Buffer.concat([bytes, Buffer.alloc(Math.max(1024, padme(bytes.length)) - bytes.length)]);

const number = (value: number, size: 2 | 4): Buffer => {
	const bytes = Buffer.alloc(size);
	bytes.writeUIntBE(value, 0, size);
	return bytes;
};

/** The bytes inside an envelope. `certificate` is what stands behind the signature: text, '' for none. */
export function inside(
	purpose: string,
	header: Plain,
	body: Uint8Array,
	by: Signer,
	certificate = ''
): Buffer {
	const head = Buffer.from(canonical(header), 'utf8');
	const text = Buffer.concat([number(head.length, 4), head, number(body.length, 4), body]);
	const trailer = Buffer.from(certificate, 'utf8');
	return filled(Buffer.concat([text, signed(by, purpose, text), number(trailer.length, 2), trailer]));
}

/** Takes such bytes apart again; throws where they are not laid out so. */
export function takenApart(whole: Buffer) {
	let at = 0;
	const take = (size: number): Buffer => {
		if (at + size > whole.length) throw new Error('too short');
		return whole.subarray(at, (at += size));
	};
	const head = take(take(4).readUInt32BE());
	const body = take(take(4).readUInt32BE());
	const text = whole.subarray(0, at);
	const signature = take(64);
	const certificate = take(take(2).readUInt16BE()).toString('utf8');
	if (!filled(whole.subarray(0, at)).equals(whole)) throw new Error('padding');
	return { header: JSON.parse(head.toString('utf8')) as unknown, head, body, text, signature, certificate };
}

export const hkdf = (secret: Uint8Array, info: string): Buffer =>
	Buffer.from(hkdfSync('sha256', secret, Buffer.alloc(0), Buffer.from(info, 'utf8'), 32));

/** 12 bytes of nonce, then AES-256-GCM with its tag. */
export function boxed(key: Uint8Array, plain: Uint8Array, context: string): Buffer {
	const nonce = Buffer.from('a nonce of12');
	const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context, 'utf8'));
	return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

export function unboxed(key: Uint8Array, box: Uint8Array, context: string): Buffer {
	const decipher = createDecipheriv('aes-256-gcm', key, box.subarray(0, 12));
	decipher.setAAD(Buffer.from(context, 'utf8')).setAuthTag(box.subarray(-16));
	return Buffer.concat([decipher.update(box.subarray(12, -16)), decipher.final()]);
}

/** 15 characters of 0-9a-z for a digest. */
export function idOfHex(hex: string): string {
	let left = BigInt(`0x${hex}`) % 36n ** 15n;
	let id = '';
	for (let at = 0; at < 15; at++) {
		id = '0123456789abcdefghijklmnopqrstuvwxyz'.charAt(Number(left % 36n)) + id;
		left /= 36n;
	}
	return id;
}

/** BIP 173 without its limit of length, as age uses it; upper case. */
export function bech32(prefix: string, bytes: Uint8Array): string {
	const alphabet = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
	const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
	const words = (bits.match(/.{1,5}/g) ?? []).map((five) => parseInt(five.padEnd(5, '0'), 2));
	const letters = [...Buffer.from(prefix.toLowerCase(), 'ascii')];
	const expanded = [...letters.map((code) => code >> 5), 0, ...letters.map((code) => code & 31)];
	let sum = 1;
	for (const word of [...expanded, ...words, 0, 0, 0, 0, 0, 0]) {
		const top = sum >>> 25;
		sum = ((sum & 0x1ffffff) << 5) ^ word;
		for (const [at, generator] of [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3].entries()) {
			if ((top >> at) & 1) sum ^= generator;
		}
	}
	const check = Array.from({ length: 6 }, (_, at) => ((sum ^ 1) >> (5 * (5 - at))) & 31);
	return `${prefix}1${[...words, ...check].map((word) => alphabet.charAt(word)).join('')}`.toUpperCase();
}
