import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Id } from '../../src/lib/domain/id';
import { newId } from '../../src/lib/domain/new-id';

const ofBytes = (bytes: readonly number[]) => {
	let at = 0;
	return (wanted: Uint8Array<ArrayBuffer>) => wanted.map(() => bytes[at++ % bytes.length] ?? 0);
};

test('every new id has the shape that the server takes, whatever the chance', () => {
	const someUsable = fc
		.array(fc.nat(255), { minLength: 1 })
		.filter((bytes) => bytes.some((byte) => byte < 252));
	fc.assert(
		fc.property(someUsable, (bytes) => {
			expect(Id.safeParse(newId(ofBytes(bytes))).success).toBe(true);
		})
	);
});

test('the same chance gives the same id, and each byte one letter', () => {
	expect(newId(ofBytes([0, 25, 26, 35, 36, 71, 251]))).toBe('az09a99az09a99a');
});

test('the bytes above the largest multiple of 36 give no letter', () => {
	expect(newId(ofBytes([252, 253, 254, 255, 1]))).toBe('bbbbbbbbbbbbbbb');
});

test('each letter is what seven of the usable bytes give, so none is more likely than another', () => {
	const counts = new Map<string, number>();
	for (let byte = 0; byte < 252; byte++) {
		const [letter = ''] = newId(ofBytes([byte]));
		counts.set(letter, (counts.get(letter) ?? 0) + 1);
	}
	expect([...counts.values()]).toEqual(Array.from({ length: 36 }, () => 7));
});

test('ten thousand ids of real chance are all different, and no letter is favoured', () => {
	const ids = Array.from({ length: 10_000 }, () => newId((bytes) => crypto.getRandomValues(bytes)));
	expect(new Set(ids).size).toBe(ids.length);

	const counts = new Map<string, number>();
	for (const letter of ids.join('')) counts.set(letter, (counts.get(letter) ?? 0) + 1);
	const expected = 150_000 / 36;
	const chiSquare = [...counts.values()].reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
	// 35 degrees of freedom: by chance above 100 less than once in ten million runs.
	expect(counts.size).toBe(36);
	expect(chiSquare).toBeLessThan(100);
});

test.for([
	'',
	'abc',
	'abcdefghijklmno ',
	'ABCDEFGHIJKLMNO',
	'abcdefghijklmnö',
	'../../etc/passwd',
	'a\n'.repeat(8)
])('%j is no id', (text) => {
	expect(Id.safeParse(text).success).toBe(false);
});
