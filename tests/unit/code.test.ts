/** Known answers are recomputed by a second implementation that shares no code with ours: Node's crypto and BigInt. */
import { createHash, hkdfSync } from 'node:crypto';
import { base32nopad } from '@scure/base';
import fc from 'fast-check';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { own } from '../../src/lib/crypto/bytes';
import { deriveCode, newCode, readCode, writeCode, type Code } from '../../src/lib/crypto/code';
import { importKey, keep, recall } from '../../src/lib/crypto/vault';
import { LOCALES, type Locale } from '../../src/lib/domain/lists';
import { Login } from '../../src/lib/domain/records';
import { fold, foldUmlauts, type WordList } from '../../src/lib/domain/words';
import { wordList } from '../../src/lib/words/lists';

// Thousands of hashes take their time on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const INSTANCE = 'demo00000000000';
const COUNTED = newCode((bytes) => bytes.map((_, at) => at * 17));

const lists = {} as Record<Locale, WordList>;
let all: WordList[];
beforeAll(async () => {
	for (const locale of LOCALES) lists[locale] = await wordList(locale);
	all = Object.values(lists);
});

const aCode = fc.uint8Array({ minLength: 12, maxLength: 12 }).map((bytes) => newCode(() => bytes));
const aLocale = fc.constantFrom(...LOCALES);
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** The ten places of a code, by BigInt and Node's hash. */
function placesOf(code: Uint8Array): number[] {
	const bits = BigInt(`0x${hex(code)}`) >> 6n;
	const nine = Array.from({ length: 9 }, (_, nth) => Number((bits >> BigInt(80 - 10 * nth)) & 1023n));
	const hash = createHash('sha256').update('heed/code/v1|').update(code).digest();
	return [...nine, hash.readUInt16BE(0) >> 6];
}

describe('a code', () => {
	test('is 90 random bits, and nothing of the last six', () => {
		expect(hex(COUNTED)).toBe('00112233445566778899aa80');
		expect(hex(newCode((bytes) => bytes.fill(0xff)))).toBe('ffffffffffffffffffffffc0');
	});

	test('is written in the known words', async () => {
		expect(await Promise.all(LOCALES.map((locale) => writeCode(COUNTED, lists[locale]))))
			.toMatchInlineSnapshot(`
			[
			  "acorn family ceramic splash giraffe package limit chicken pretty measure",
			  "adapter grzebień daszek sztaluga kanapa pizza meduza długopis ręcznik nasiono",
			  "abbiegen fuchs butter stube gurke paddel kuvert curry propeller malen",
			  "abajur doctor cameră șofer final original legendă carte ploaie marmeladă",
			  "ábécé gyufa egyenes szakács ismeret műhely kuglóf ember pamut lencse",
			]
		`);
	});

	test('is written as a second implementation writes it', async () => {
		await fc.assert(
			fc.asyncProperty(aCode, aLocale, async (code, locale) => {
				const words = placesOf(code).map((place) => lists[locale][place]);
				expect(await writeCode(code, lists[locale])).toBe(words.join(' '));
			})
		);
	});
});

describe('reading', () => {
	const between = fc.constantFrom(
		' ',
		'   ',
		',',
		', ',
		' - ',
		'-',
		'\n',
		'\r\n',
		'\t',
		'; ',
		'. ',
		'\u00a0'
	);
	const mangle = fc.constantFrom<(word: string) => string>(
		(word) => word,
		(word) => word.toUpperCase(),
		(word) => word.normalize('NFD'),
		(word) => fold(word),
		(word) => fold(word).slice(0, 4),
		(word) => word.replace(/^./u, (first) => first.toUpperCase())
	);
	const aTyping = fc.record({
		mangles: fc.array(mangle, { minLength: 10, maxLength: 10 }),
		betweens: fc.array(between, { minLength: 10, maxLength: 10 }),
		numbered: fc.boolean()
	});

	test('gives the code back in every language, however it was typed', async () => {
		await fc.assert(
			fc.asyncProperty(aCode, aLocale, aTyping, async (code, locale, { mangles, betweens, numbered }) => {
				const words = (await writeCode(code, lists[locale])).split(' ');
				const typed = words
					.map(
						(word, at) => `${numbered ? `${at + 1}.` : ''}${mangles[at]?.(word) ?? ''}${betweens[at] ?? ''}`
					)
					.join('');
				expect(await readCode(typed, all)).toEqual({ ok: true, value: code });
			}),
			{ numRuns: 300 }
		);
	});

	test('knows German umlauts typed as two letters', async () => {
		await fc.assert(
			fc.asyncProperty(aCode, async (code) => {
				const typed = foldUmlauts(await writeCode(code, lists.de));
				expect(await readCode(typed, all)).toEqual({ ok: true, value: code });
			})
		);
	});

	test('asks for ten words', async () => {
		const words = (await writeCode(COUNTED, lists.pl)).split(' ');
		for (const some of [[], words.slice(1), [...words, 'zebra']]) {
			const misread = { ok: false, error: { kind: 'count', words: some.length } };
			expect(await readCode(some.join(' '), all)).toEqual(misread);
		}
	});

	test('names the word that is not known in the language that was meant', async () => {
		const words = (await writeCode(COUNTED, lists.hu)).split(' ');
		const typed = words.with(6, 'Xyloz').join(' ');
		const misread = { ok: false, error: { kind: 'unknown', at: 6, word: 'xyloz' } };
		expect(await readCode(typed, all)).toEqual(misread);
		expect(await readCode(typed, all.toReversed())).toEqual(misread);
	});

	test('takes no code in which words of two languages are mixed', async () => {
		const [first = '', ...others] = (await writeCode(COUNTED, lists.ro)).split(' ');
		const [strange = ''] = (await writeCode(COUNTED, lists.pl)).split(' ');
		expect(strange).not.toBe(first);
		expect((await readCode([strange, ...others].join(' '), all)).ok).toBe(false);
	});

	test('is not confused by words that two languages share', async () => {
		const shared = lists.en.filter((word) => lists.de.includes(word));
		expect(shared.length).toBeGreaterThan(30);
		// Nine shared words and a checksum that is shared as well: the first such code there is.
		let found = 0;
		for (let turn = 0; found < 3 && turn < 20_000; turn++) {
			const nine = Array.from(
				{ length: 9 },
				(_, nth) => shared[(turn * 7 + nth * nth * 3) % shared.length] ?? ''
			);
			const code = codeOf(nine.map((word) => lists.en.indexOf(word)));
			const last = lists.en[placesOf(code)[9] ?? 0] ?? '';
			if (!lists.de.includes(last)) continue;
			found += 1;
			const typed = [...nine, last].join(' ');
			for (const order of [all, all.toReversed()]) {
				expect(await readCode(typed, order)).toEqual({ ok: true, value: code });
			}
		}
		expect(found).toBe(3);
	});

	const TRIES = 3000;

	test('finds one wrong word, but for one time in a thousand', async () => {
		expect(
			await missed((words, random) => words.with(random(10), lists.en[random(1024)] ?? ''))
		).toBeLessThan(12);
	});

	test('finds two neighbours that changed places, but for one time in a thousand', async () => {
		const swapped = await missed((words, random) => {
			const at = random(9);
			return words.with(at, words[at + 1] ?? '').with(at + 1, words[at] ?? '');
		});
		expect(swapped).toBeLessThan(12);
	});

	/** How many of the slips are taken for another code. About three are to be expected; the seed is always the same. */
	async function missed(slip: (words: string[], random: (below: number) => number) => string[]) {
		let [turn, wrong] = [0, 0];
		const random = (below: number) => {
			const hash = createHash('sha256').update(`a seed|${turn++}`).digest();
			return hash.readUInt32BE(0) % below;
		};
		for (let nth = 0; nth < TRIES; nth++) {
			const code = newCode((bytes) => bytes.map(() => random(256)));
			const words = (await writeCode(code, lists.en)).split(' ');
			const slipped = slip(words, random);
			if (slipped.join() === words.join()) continue;
			if ((await readCode(slipped.join(' '), [lists.en])).ok) wrong += 1;
		}
		return wrong;
	}

	function codeOf(places: number[]): Code {
		const bits = places.reduce((sum, place) => (sum << 10n) | BigInt(place), 0n) << 6n;
		return own(Buffer.from(bits.toString(16).padStart(24, '0'), 'hex')) as Code;
	}
});

describe('what a code becomes', () => {
	const hkdf = (root: Uint8Array, info: string) => Buffer.from(hkdfSync('sha256', root, '', info, 32));

	test('is known', async () => {
		const { login, auth } = await deriveCode(COUNTED, INSTANCE);
		expect({ login, auth }).toMatchInlineSnapshot(`
			{
			  "auth": "SeuNXhlMnecoJsGqmy2_e_-3UytzT45QSAK6lDjrx9Q",
			  "login": "r-ykfq4ykdlhjtwkrhoxk5s6atyi",
			}
		`);
	});

	test('agrees with Node, and is a login of its own on every server', async () => {
		await fc.assert(
			fc.asyncProperty(aCode, fc.stringMatching(/^[a-z0-9]{15}$/), async (code, instance) => {
				const { login, auth, wrap } = await deriveCode(code, instance);
				const name = hkdf(code, `heed/code/login/v1|${instance}`).subarray(0, 16);
				const root = hkdf(code, `heed/code/root/v1|${instance}`);
				expect(login).toBe(`r-${base32nopad.encode(name).toLowerCase()}`);
				expect(login).toHaveLength(28);
				expect(Login.safeParse(login).success).toBe(true);
				expect(auth).toBe(hkdf(root, 'heed/auth/v1').toString('base64url'));
				expect(wrap.extractable).toBe(false);
				const same = await importKey(own(hkdf(root, 'heed/wrap/v1')));
				expect(await recall(same, await keep(wrap, 'a word', 'about'), 'about')).toBe('a word');
				expect((await deriveCode(code, 'demo00000000001')).login).not.toBe(login);
			}),
			{ numRuns: 30 }
		);
	});
});
