import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkHeader, MAX_BYTES, MAX_PIXELS } from '../../src/lib/picture/header';

const ascii = (text: string): number[] => Array.from(text, (letter) => letter.charCodeAt(0));
const uint16 = (value: number): number[] => [value >> 8, value & 255];
const uint32 = (value: number): number[] => [...uint16(value >>> 16), ...uint16(value & 0xffff)];
const PNG_START = [0x89, ...ascii('PNG\r\n'), 0x1a, 0x0a];

/** Signature and IHDR, which is all that names the size. */
const png = (width: number, height: number): Uint8Array =>
	Uint8Array.from([
		...PNG_START,
		...[...uint32(13), ...ascii('IHDR'), ...uint32(width), ...uint32(height), 8, 6, 0, 0, 0],
		...[...uint32(0), ...uint32(0), ...ascii('IDAT')]
	]);

/** Start, JFIF, and a baseline frame header. */
const jpeg = (width: number, height: number): Uint8Array =>
	Uint8Array.from([
		...[0xff, 0xd8],
		...[0xff, 0xe0, ...uint16(16), ...ascii('JFIF\0'), 1, 1, 0, 0, 1, 0, 1, 0, 0],
		...[
			0xff,
			0xc0,
			...uint16(17),
			8,
			...uint16(height),
			...uint16(width),
			3,
			1,
			0x22,
			0,
			2,
			0x11,
			1,
			3,
			0x11,
			1
		],
		...[0xff, 0xda, ...uint16(12), 3, 1, 0, 2, 0x11, 3, 0x11, 0, 63, 0, 0xff, 0xd9]
	]);

describe('what a header says', () => {
	test.for([
		['png', png],
		['jpeg', jpeg]
	] as const)('a %s of a phone’s size is a picture', ([, make]) => {
		expect(checkHeader(make(4_000, 3_000))).toBeNull();
		expect(checkHeader(make(1, 1))).toBeNull();
	});

	test.for([
		['png', png],
		['jpeg', jpeg]
	] as const)('a %s of 60 megapixels in a few bytes is refused before it is decoded', ([, make]) => {
		const bomb = make(10_000, 6_000);
		expect(bomb.length).toBeLessThan(100);
		expect(checkHeader(bomb)).toBe('too_many_pixels');
	});

	test('exactly as many pixels as may be pass, one row more does not', () => {
		expect(checkHeader(png(10_000, MAX_PIXELS / 10_000))).toBeNull();
		expect(checkHeader(png(10_000, MAX_PIXELS / 10_000 + 1))).toBe('too_many_pixels');
	});

	test('a picture of no width or no height is none', () => {
		expect(checkHeader(png(0, 100))).toBe('not_picture');
		expect(checkHeader(png(100, 0))).toBe('not_picture');
	});
});

describe('what is no picture', () => {
	const utf8 = new TextEncoder();

	test('21 MB are too large, whatever they hold', () => {
		expect(checkHeader(new Uint8Array(21 * 1024 * 1024))).toBe('too_large');
		const large = new Uint8Array(MAX_BYTES + 1);
		large.set(png(100, 100));
		expect(checkHeader(large)).toBe('too_large');
		expect(checkHeader(large.subarray(0, MAX_BYTES))).toBeNull();
	});

	test.for([
		['nothing', ''],
		['a text', 'Yesterday after the match, two older boys shouted.'],
		['a page', '<!doctype html><html><body><img src=x onerror=alert(1)></body></html>'],
		['a document', '%PDF-1.7\n1 0 obj'],
		[
			'an SVG',
			'<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><script>alert(1)</script></svg>'
		],
		['an SVG behind a declaration', '<?xml version="1.0"?><svg viewBox="0 0 10 10"></svg>'],
		['an SVG with a comment in front', '<!-- x --><svg width="10" height="10"/>']
	])('%s', ([, text]) => {
		expect(checkHeader(utf8.encode(text))).toBe('not_picture');
	});

	test.for([
		['png', png(4_000, 3_000), 24],
		['jpeg', jpeg(4_000, 3_000), 29]
	] as const)('a %s cut anywhere before its size', ([, whole, end]) => {
		for (let length = 0; length < end; length++) {
			expect(checkHeader(whole.slice(0, length)), `${length} bytes`).toBe('not_picture');
		}
	});

	test('any bytes behind any beginning get an answer, and soon', () => {
		// Formats made of boxes have sent readers round in circles before: the limit of time is the test.
		const beginnings = [
			PNG_START,
			[0xff, 0xd8, 0xff],
			ascii('GIF89a'),
			[...ascii('RIFF'), 0, 0, 0, 0, ...ascii('WEBPVP8X')],
			[0, 0, 0, 0, ...ascii('ftypavif')],
			[0, 0, 0, 24, ...ascii('ftypheic'), 0, 0, 0, 0, ...ascii('mif1heic'), 0, 0, 0, 0, ...ascii('meta')],
			[0, 0, 0, 12, ...ascii('JXL '), 0x0d, 0x0a, 0x87, 0x0a, 0, 0, 0, 20, ...ascii('ftypjxl '), 0, 0, 0, 0],
			[...ascii('icns'), 0, 0, 1, 0, ...ascii('ICON'), 0, 0, 0, 0],
			[0, 0, 1, 0, 1, 0],
			ascii('II*\0'),
			ascii('MM\0*'),
			ascii('8BPS'),
			ascii('BM'),
			ascii('<svg ')
		];
		const answers = [null, 'not_picture', 'too_many_pixels'];
		const aFile = fc.tuple(fc.constantFrom(...beginnings), fc.uint8Array({ maxLength: 200 }));
		fc.assert(
			fc.property(aFile, fc.boolean(), ([start, rest], zeroes) => {
				const file = Uint8Array.from([...start, ...(zeroes ? new Uint8Array(rest.length) : rest)]);
				const begun = performance.now();
				expect(answers).toContain(checkHeader(file));
				expect(performance.now() - begun).toBeLessThan(5_000);
			}),
			{ numRuns: 2_000 }
		);
	}, 60_000);
});

test('an icon file is refused: its header does not say how large the picture inside is', () => {
	const ico = Uint8Array.from([0, 0, 1, 0, 1, 0, 16, 16, 0, 0, 1, 0, 32, 0, ...uint32(64), ...uint32(22)]);
	expect(checkHeader(ico)).toBe('not_picture');
	expect(checkHeader(png(16, 16))).toBeNull();
});
