/** Files are told by their own bytes: what is not what its name says is not taken, and not handed out. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cleanName } from '../../src/lib/domain/file-name';
import {
	DOCUMENT_TYPES,
	documentType,
	isOfType,
	PICTURE_TYPES,
	pictureType,
	textOf,
	VOICE_TYPES,
	type FileType
} from '../../src/lib/domain/file-type';
import { zip } from './zip';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const bytes = (...all: (string | number)[]): Uint8Array =>
	Uint8Array.from(all.flatMap((one) => (typeof one === 'number' ? [one] : [...Buffer.from(one, 'latin1')])));

const [PDF, DOCX, ODT, TEXT] = DOCUMENT_TYPES;
const WORD = ['[Content_Types].xml', '_rels/.rels', 'word/document.xml'] as const;
const GOOD: Record<FileType, Uint8Array> = {
	'audio/webm': bytes(0x1a, 0x45, 0xdf, 0xa3, 0x9f, 'B', 0x86, 0x81, 1, 'B', 0x82, 0x84, 'webm', 'B', 0x87),
	'audio/mp4': bytes(0, 0, 0, 32, 'ftypM4A ', 0, 0, 2, 0),
	[PDF]: utf8('%PDF-1.7\n%âãÏÓ\n1 0 obj'),
	[DOCX]: zip(WORD.map((name) => [name, '<xml/>'])),
	[ODT]: zip([
		['mimetype', ODT],
		['content.xml', '<xml/>']
	]),
	[TEXT]: utf8('Wczoraj, po meczu.\r\n\tZażółć.'),
	'image/jpeg': bytes(0xff, 0xd8, 0xff, 0xe0),
	'image/png': bytes(0x89, 'PNG\r\n', 0x1a, '\n'),
	'image/webp': bytes('RIFF', 9, 0, 0, 0, 'WEBPVP8 '),
	'image/gif': bytes('GIF89a'),
	'image/heif': bytes(0, 0, 0, 24, 'ftypheic'),
	'image/bmp': bytes('BM', 1, 2, 3, 4)
};
const TYPES = [...VOICE_TYPES, ...DOCUMENT_TYPES, ...PICTURE_TYPES];

describe('each type', () => {
	test.for(TYPES)('%s is itself and no other one', (type) => {
		const taken = TYPES.filter((one) => isOfType(GOOD[type], one));
		// A heading of a picture in letters alone is a text, too.
		expect(taken.filter((one) => one !== TEXT || type === TEXT)).toEqual([type]);
	});

	test.for(TYPES)('%s is not what is cut off within its beginning, nor nothing at all', (type) => {
		const least = type === TEXT ? 0 : 2;
		for (let length = 0; length < least; length++) {
			expect(isOfType(GOOD[type].subarray(0, length), type), `${length}`).toBe(false);
		}
	});

	test('any bytes get an answer', () => {
		fc.assert(
			fc.property(fc.constantFrom(...TYPES), fc.uint8Array({ maxLength: 300 }), (type, rest) => {
				for (const one of TYPES) {
					expect(typeof isOfType(Uint8Array.from([...GOOD[type].subarray(0, 40), ...rest]), one)).toBe(
						'boolean'
					);
				}
			})
		);
	});
});

describe('a document', () => {
	const taken = (name: string, content: Uint8Array) => documentType(name, content);

	test.for(DOCUMENT_TYPES)('is taken by its bytes and its name alike: %s', (type) => {
		const ending = { [PDF]: 'pdf', [DOCX]: 'docx', [ODT]: 'odt', [TEXT]: 'txt' }[type];
		expect(taken(`Bericht.${ending}`, GOOD[type])).toBe(type);
		expect(taken(`BERICHT 2.11.${ending.toUpperCase()}`, GOOD[type])).toBe(type);
		for (const other of DOCUMENT_TYPES.filter((one) => one !== type)) {
			expect(taken(`Bericht.${ending}`, GOOD[other]), other).toBeNull();
		}
	});

	test.for<[string, string, Uint8Array]>([
		['a page that is called a PDF', 'letter.pdf', utf8('<!doctype html><script>alert(1)</script>')],
		['a page that is called a text', 'letter.txt', utf8('\n <HTML><body onload=alert(1)>')],
		['a drawing that is called a text', 'letter.txt', utf8('<svg onload="alert(1)"/>')],
		['a page', 'letter.html', utf8('<p>Hello</p>')],
		['a drawing', 'letter.svg', utf8('<svg/>')],
		['a program that is called a text', 'letter.txt', bytes('MZ', 0x90, 0, 3, 0)],
		['a program that is called a PDF', 'letter.pdf', bytes(0x7f, 'ELF', 2, 1, 1, 0)],
		['a program', 'letter.exe', bytes('MZ', 0x90, 0, 3, 0)],
		['a PDF behind something else', 'letter.pdf', utf8('<!-- -->%PDF-1.7')],
		['a PDF that is called a program', 'letter.exe', GOOD[PDF]],
		['a PDF without a name’s end', 'letter', GOOD[PDF]],
		[
			'a document with macros',
			'letter.docx',
			zip([...WORD, 'word/vbaProject.bin'].map((name) => [name, 'x']))
		],
		[
			'a table that is called a document',
			'letter.docx',
			zip([WORD[0], 'xl/workbook.xml'].map((name) => [name, 'x']))
		],
		['an archive that is called a document', 'letter.docx', zip([['word/document.xml', 'x']])],
		['a program behind which an archive hangs', 'letter.docx', bytes('MZ', ...GOOD[DOCX])],
		['an archive without its end', 'letter.docx', GOOD[DOCX].subarray(0, -22)],
		[
			'a spreadsheet that is called a text document',
			'letter.odt',
			zip([['mimetype', 'application/vnd.oasis.opendocument.spreadsheet']])
		],
		['a template', 'letter.odt', zip([['mimetype', `${ODT}-template`]])],
		[
			'a text document that says so too late',
			'letter.odt',
			zip([
				['a', 'b'],
				['mimetype', ODT]
			])
		],
		['a document of the old kind', 'letter.doc', bytes(0xd0, 0xcf, 0x11, 0xe0)]
	])('is not: %s', ([, name, content]) => {
		expect(taken(name, content)).toBeNull();
	});

	test('may be written in the encodings that people here still use', () => {
		expect(taken('a.txt', bytes('Za', 0xbf, 0xf3, 0xb3, 0xe6))).toBe(TEXT);
		expect(textOf(bytes('Za', 0xbf, 0xf3, 0xb3, 0xe6))).toBe('Zażółć');
		expect(textOf(utf8('\u{feff}Zażółć'))).toBe('Zażółć');
		expect(taken('a.txt', bytes(0xff, 0xfe, 'a', 0, 'b', 0))).toBe(TEXT);
		expect(textOf(bytes(0xff, 0xfe, 'a', 0, 'b', 0))).toBe('ab');
		expect(textOf(bytes(0xfe, 0xff, 0, 'a', 0, 'b'))).toBe('ab');
		expect(taken('a.txt', bytes('a', 0, 'b', 0))).toBeNull();
	});
});

test('a picture as it was taken is told by its bytes', () => {
	for (const type of PICTURE_TYPES) expect(pictureType(GOOD[type])).toBe(type);
	for (const type of [...VOICE_TYPES, PDF, DOCX, ODT]) expect(pictureType(GOOD[type])).toBeNull();
});

describe('the name that a file is kept under', () => {
	test.for<[string, FileType, string]>([
		['Bericht vom 3. Mai.pdf', PDF, 'Bericht vom 3. Mai.pdf'],
		['Zażółć.PDF', PDF, 'Zażółć.pdf'],
		['../../etc/passwd', TEXT, 'etc passwd.txt'],
		['C:\\Windows\\a.txt', TEXT, 'C Windows a.txt'],
		['.bashrc', TEXT, 'bashrc.txt'],
		['letter.exe', PDF, 'letter.exe.pdf'],
		['letter\u202efdp.exe', PDF, 'letter fdp.exe.pdf'],
		['a\u0000b\nc.odt', ODT, 'a b c.odt'],
		['', 'image/jpeg', 'file.jpg'],
		['...', DOCX, 'file.docx'],
		['IMG_1.HEIC', 'image/heif', 'IMG_1.heic'],
		['💚'.repeat(300), TEXT, `${'💚'.repeat(80)}.txt`]
	])('%s', ([name, type, clean]) => {
		expect(cleanName(name, type)).toBe(clean);
	});

	test('ends as its type does, is one name, and is never long', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), (name) => {
				const clean = cleanName(name, PDF);
				expect(clean).toMatch(/^[^/\\:*?"<>|\p{C}.][^/\\:*?"<>|\p{C}]*\.pdf$/u);
				expect(Array.from(clean).length).toBeLessThanOrEqual(84);
			})
		);
	});
});
