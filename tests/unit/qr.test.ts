import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { joinPath, readJoinLink } from '../../src/lib/domain/join-link';
import { drawn } from '../../src/lib/qr/code';
import { readPixels } from '../../src/lib/qr/picture';
import { troubleOf } from '../../src/lib/qr/camera';

/** The path as a camera would have it: RGBA, `scale` pixels a square. */
function photographed({ size, path }: { size: number; path: string }, scale: number) {
	const side = size * scale;
	const data = new Uint8ClampedArray(side * side * 4).fill(255);
	for (const [, left, top] of path.matchAll(/M(\d+) (\d+)h1v1h-1z/g)) {
		for (let y = 0; y < scale; y++) {
			for (let x = 0; x < scale; x++) {
				const at = ((Number(top) * scale + y) * side + Number(left) * scale + x) * 4;
				data.fill(0, at, at + 3);
			}
		}
	}
	return { width: side, height: side, data };
}

const aLink = fc.record({
	team: fc.stringMatching(/^[a-z0-9]{15}$/),
	invite: fc.stringMatching(/^[a-z0-9]{30}$/),
	fingerprint: fc.stringMatching(/^[0-9a-f]{64}$/)
});

describe('a code', () => {
	test('says what was written, for every join link', () => {
		fc.assert(
			fc.property(aLink, (link) => {
				const text = `https://heed.example.org${joinPath(link)}`;
				const read = readPixels(photographed(drawn(text), 4));
				expect(read).toBe(text);
				expect(readJoinLink(read ?? '')).toEqual(link);
			}),
			{ numRuns: 20 }
		);
	});

	test('says the thirty digits that people compare', () => {
		const digits = '012345678901234567890123456789';
		expect(readPixels(photographed(drawn(digits), 3))).toBe(digits);
	});

	test('has the quiet zone that readers need', () => {
		const { size, path } = drawn('heed');
		const squares = [...path.matchAll(/M(\d+) (\d+)/g)].flatMap(([, x, y]) => [Number(x), Number(y)]);
		expect(Math.min(...squares)).toBe(4);
		expect(Math.max(...squares)).toBe(size - 5);
	});

	test('is null where there is none', () => {
		expect(
			readPixels({ width: 80, height: 80, data: new Uint8ClampedArray(80 * 80 * 4).fill(128) })
		).toBeNull();
	});
});

test.for([
	['NotAllowedError', 'refused'],
	['NotReadableError', 'busy'],
	['NotFoundError', 'none'],
	['OverconstrainedError', 'none']
] as const)('a camera that answers %s is %s', ([name, trouble]) => {
	expect(troubleOf(new DOMException('', name))).toBe(trouble);
});

test('a page that has no camera at all is as one without', () => {
	expect(troubleOf(new TypeError())).toBe('none');
});
