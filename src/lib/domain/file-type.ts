/**
 * What files an alert takes, told by their own bytes: a name or a declared type is only somebody's word. Nothing here
 * unpacks or decodes; what is not known is refused.
 */
import type { Attachment } from './alert';

export const VOICE_TYPES = ['audio/webm', 'audio/mp4'] as const;
export const DOCUMENT_TYPES = [
	'application/pdf',
	'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
	'application/vnd.oasis.opendocument.text',
	'text/plain'
] as const;
/** Of pictures as they were taken: what a phone or a browser makes. */
export const PICTURE_TYPES = [
	'image/jpeg',
	'image/png',
	'image/webp',
	'image/gif',
	'image/heif',
	'image/bmp'
] as const;

export type FileType = Attachment['type'];
type DocumentType = (typeof DOCUMENT_TYPES)[number];
type PictureType = (typeof PICTURE_TYPES)[number];

/** What a file of each type is called at its end. */
export const ENDING: Readonly<Record<FileType, string>> = {
	'audio/webm': 'webm',
	'audio/mp4': 'm4a',
	'application/pdf': 'pdf',
	'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
	'application/vnd.oasis.opendocument.text': 'odt',
	'text/plain': 'txt',
	'image/jpeg': 'jpg',
	'image/png': 'png',
	'image/webp': 'webp',
	'image/gif': 'gif',
	'image/heif': 'heic',
	'image/bmp': 'bmp'
};

/** Whether the bytes are what they are said to be. */
export const isOfType = (bytes: Uint8Array, type: FileType): boolean => LOOKS[type](bytes);

/** The document that this is, by its name and its bytes alike; null where they differ, or where it is none of these. */
export function documentType(name: string, bytes: Uint8Array): DocumentType | null {
	const ending = /\.([^.]+)$/.exec(name.toLowerCase())?.[1];
	const type = DOCUMENT_TYPES.find((one) => ENDING[one] === ending);
	return type && isOfType(bytes, type) ? type : null;
}

/** The picture that this is; null for anything else. */
export const pictureType = (bytes: Uint8Array): PictureType | null =>
	PICTURE_TYPES.find((type) => isOfType(bytes, type)) ?? null;

/** What a plain text says, in the encodings that people here still use. */
export function textOf(bytes: Uint8Array): string {
	const read = (encoding: string, fatal = false) => new TextDecoder(encoding, { fatal }).decode(bytes);
	if (begins(bytes, 0xff, 0xfe)) return read('utf-16le');
	if (begins(bytes, 0xfe, 0xff)) return read('utf-16be');
	try {
		return read('utf-8', true);
	} catch {
		return read('windows-1250');
	}
}

const LOOKS: Record<FileType, (bytes: Uint8Array) => boolean> = {
	'audio/webm': (bytes) =>
		begins(bytes, 0x1a, 0x45, 0xdf, 0xa3) && ascii(bytes, 0, 64).includes('\x42\x82\x84webm'),
	'audio/mp4': (bytes) => /^(M4A |M4B |iso[m2-9]|mp4[12]|dash)$/.test(brand(bytes)),
	'application/pdf': (bytes) => /^%PDF-[12]\.\d/.test(ascii(bytes, 0, 8)),
	'application/vnd.openxmlformats-officedocument.wordprocessingml.document': (bytes) => {
		const names = namesIn(bytes);
		// Macros make it another type of document, whatever it is called.
		const hasMacros = names.some((name) => /vbaproject/i.test(name));
		return names.includes('[Content_Types].xml') && names.includes('word/document.xml') && !hasMacros;
	},
	'application/vnd.oasis.opendocument.text': (bytes) => {
		// Its first entry says so, and no more: a template's goes on after it.
		const first = storedAt(bytes, 0);
		const type = 'application/vnd.oasis.opendocument.text';
		const isFirst = first?.name === 'mimetype' && first.ends - first.begins === type.length;
		return isFirst && ascii(bytes, first.begins, first.ends) === type;
	},
	'text/plain': (bytes) => isText(bytes) && !MARKED.test(textOf(bytes)),
	'image/jpeg': (bytes) => begins(bytes, 0xff, 0xd8, 0xff),
	'image/png': (bytes) => begins(bytes, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
	'image/webp': (bytes) => ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 12) === 'WEBP',
	'image/gif': (bytes) => /^GIF8[79]a$/.test(ascii(bytes, 0, 6)),
	'image/heif': (bytes) => /^(hei[cxms]|hev[cxms]|mif1|msf1|avi[fs])$/.test(brand(bytes)),
	'image/bmp': (bytes) => ascii(bytes, 0, 2) === 'BM'
};

const ascii = (bytes: Uint8Array, from: number, to: number): string =>
	String.fromCharCode(...bytes.subarray(from, to));

const begins = (bytes: Uint8Array, ...start: number[]): boolean =>
	start.every((byte, at) => bytes[at] === byte);

/** Of a file made of boxes (ISO 14496-12), what its first one says it is; '' for any other file. */
const brand = (bytes: Uint8Array): string => (ascii(bytes, 4, 8) === 'ftyp' ? ascii(bytes, 8, 12) : '');

/** What a reader would take for more than letters. */
const MARKED = /^\s*(%PDF-|<(!doctype|html|svg|script|\?xml|!--))/i;

/** No program is without control characters, other than those that part lines. */
const isText = (bytes: Uint8Array): boolean => !/[^\P{Cc}\t\n\f\r\x80-\x9f]/u.test(textOf(bytes));

type Entry = { name: string; begins: number; ends: number };

/** Of an archive (APPNOTE.TXT, 4.3.7), the entry that begins here, when it is stored as it is. */
function storedAt(bytes: Uint8Array, at: number): Entry | null {
	const number = reader(bytes);
	if (number(at, 4) !== 0x04034b50 || number(at + 8, 2) !== 0) return null;
	const name = at + 30;
	const data = name + number(at + 26, 2) + number(at + 28, 2);
	return {
		name: ascii(bytes, name, name + number(at + 26, 2)),
		begins: data,
		ends: data + number(at + 18, 4)
	};
}

/** The names in an archive's directory (4.3.12 and 4.3.16); none where it is no archive, or larger than a document is. */
function namesIn(bytes: Uint8Array): string[] {
	const number = reader(bytes);
	if (number(0, 4) !== 0x04034b50) return [];
	let end = bytes.length - 22;
	while (end > 0 && number(end, 4) !== 0x06054b50 && bytes.length - end < 22 + 0xffff) end--;
	const [count, start] = [number(end + 10, 2), number(end + 16, 4)];
	const names: string[] = [];
	for (let at = start; names.length < count && number(at, 4) === 0x02014b50;) {
		const length = number(at + 28, 2);
		names.push(ascii(bytes, at + 46, at + 46 + length));
		at += 46 + length + number(at + 30, 2) + number(at + 32, 2);
	}
	return names.length === count ? names : [];
}

/** Whole numbers, the lowest byte first; NaN past the end. */
const reader =
	(bytes: Uint8Array) =>
	(at: number, size: 2 | 4): number => {
		let value = 0;
		for (let byte = size - 1; byte >= 0; byte--) value = value * 256 + (bytes[at + byte] ?? NaN);
		return value;
	};
