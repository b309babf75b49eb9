import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findWork } from '../../src/lib/crypto/work';
import { workApart } from '../../src/lib/crypto/work-apart';
import { Facts } from '../../src/lib/domain/records';
import { workDay, zeroBits } from '../../src/lib/domain/work';

const [instance, day] = ['demo00000000000', '2026-11-21'];

/** Node's own answer, bit by bit. */
function zeros(login: string, work: string): number {
	const [onDay = '', nonce = ''] = work.split('.');
	const hash = createHash('sha256')
		.update(`heed/work/v1|${instance}|${login}|${onDay}|${nonce}`)
		.digest('hex');
	const bits = Array.from(hash, (digit) => parseInt(digit, 16).toString(2).padStart(4, '0')).join('');
	return bits.indexOf('1');
}

describe('work', () => {
	test('has the zero bits that were asked for, whatever the login', async () => {
		const aLogin = fc.stringMatching(/^[a-zäőłß0-9]{3,60}$/);
		await fc.assert(
			fc.asyncProperty(aLogin, fc.integer({ min: 0, max: 12 }), async (login, bits) => {
				const work = await findWork({ instance, login, bits, day });
				expect(work).toMatch(/^2026-11-21\.\d{1,16}$/);
				expect(zeros(login, work)).toBeGreaterThanOrEqual(bits);
			}),
			{ numRuns: 40 }
		);
	});

	test('of eighteen bits is the known one', async () => {
		const work = await findWork({ instance, login: 'ana', bits: 18, day });
		expect(work).toMatchInlineSnapshot(`"2026-11-21.000124752"`);
		expect(zeros('ana', work)).toBeGreaterThanOrEqual(18);
	});

	test('of more than a phone should do is not begun', async () => {
		await expect(findWork({ instance, login: 'ana', bits: 25, day })).rejects.toThrow('more work');
		const facts = { instance, version: 'test', teams: [] };
		expect(Facts.safeParse({ ...facts, work: 24 }).success).toBe(true);
		expect(Facts.safeParse({ ...facts, work: 25 }).success).toBe(false);
		expect(Facts.safeParse(facts).success).toBe(true);
	});

	test('that nobody asks for starts no worker', async () => {
		expect(await workApart({ instance, login: 'ana', bits: 0, day })).toBe('');
	});
});

test.for([
	[[0b1000_0000], 0],
	[[0b0000_0001], 7],
	[[0, 0b0100_0000], 9],
	[[0, 0, 0b0010_0000], 18],
	[[0, 0], 16]
] as const)('%j begins with %i zero bits', ([bytes, bits]) => {
	expect(zeroBits(Uint8Array.from(bytes))).toBe(bits);
});

test('a day is a day in UTC', () => {
	expect(workDay(Date.parse('2026-11-21T23:59:59.999Z'))).toBe('2026-11-21');
	expect(workDay(Date.parse('2026-11-22T00:30:00.000+02:00'))).toBe('2026-11-21');
});
