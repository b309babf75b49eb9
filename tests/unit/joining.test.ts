/** What the screens of joining decide by themselves: who is let in where, and whether a paper was kept. */
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { SPARE_BYTES, SPARE_PAPER } from '../../src/lib/crypto/spare';
import { readWords, writeWords } from '../../src/lib/crypto/words';
import { askedPlaces, isWord } from '../../src/lib/domain/drill';
import { LOCALES } from '../../src/lib/domain/lists';
import { fold, foldUmlauts, type WordList } from '../../src/lib/domain/words';
import { wordList } from '../../src/lib/words/lists';
import { wrong as wrongAccount } from '../../src/routes/join/answers';
import { complete, wrong, type Answers } from '../../src/routes/team/members/[user]/admission';
import { which } from '../../src/lib/ui/which';

const NOW = new Date('2027-03-01T12:00:00').getTime();

const given: Answers = {
	role: 'expert',
	agency: 'agency000000000',
	agencyName: '',
	sector: '',
	lastDay: '',
	way: 'phone'
};

describe('letting somebody in', () => {
	test('needs a role, an agency, and that the digits were compared', () => {
		expect(complete(given, NOW)).toEqual({
			role: 'expert',
			agency: 'agency000000000',
			until: 0,
			met: false
		});
		for (const field of ['role', 'agency', 'way'] as const) {
			expect(wrong({ ...given, [field]: '' }, NOW)).toEqual({ [field]: 'choose' });
			expect(complete({ ...given, [field]: '' }, NOW)).toBeNull();
		}
		expect(complete({ ...given, way: 'met' }, NOW)?.met).toBe(true);
	});

	test('as a guest needs a last day that is still to come, and that day counts whole', () => {
		const guest = { ...given, role: 'guest' as const };
		expect(wrong(guest, NOW)).toEqual({ lastDay: 'missing' });
		expect(wrong({ ...guest, lastDay: '2027-02-28' }, NOW)).toEqual({ lastDay: 'past' });
		const until = complete({ ...guest, lastDay: '2027-03-01' }, NOW)?.until ?? 0;
		expect(new Date(until).getHours()).toBe(23);
		expect(until).toBeGreaterThan(NOW);
	});

	test('gives a last day to nobody else, whatever was typed before', () => {
		expect(complete({ ...given, lastDay: '2027-05-01' }, NOW)?.until).toBe(0);
	});

	test('from a new agency needs its name and sector', () => {
		const from = { ...given, agency: 'new' };
		expect(wrong(from, NOW)).toEqual({ agencyName: 'missing', sector: 'choose' });
		const place = complete({ ...from, agencyName: ' School ', sector: 'school' }, NOW);
		expect(place?.agency).toEqual({ name: 'School', sector: 'school' });
	});
});

test('an account needs a name, a login, a strong passphrase that was kept, and a purpose', () => {
	const answers = {
		name: 'Ana',
		login: 'ana',
		passphrase: 'quiet harbour seven lanterns glow',
		kept: true,
		purpose: 'alerts' as const
	};
	expect(wrongAccount(answers)).toEqual({});
	expect(wrongAccount({ ...answers, kept: false })).toEqual({ passphrase: 'kept' });
	expect(wrongAccount({ ...answers, passphrase: 'short' })).toEqual({ passphrase: 'short' });
	expect(wrongAccount({ ...answers, name: ' ', login: 'a b', purpose: '' })).toEqual({
		name: 'missing',
		login: 'login',
		purpose: 'choose'
	});
});

describe('a team in the address', () => {
	const place = (team: string) => ({ team, teamName: team, role: 'expert' as const });
	const me = {
		...{
			id: 'a',
			name: 'A',
			login: 'a',
			locked: false,
			signedOut: false,
			tooLongAway: false,
			coded: false,
			unkept: false
		},
		roles: [place('one'), place('two')]
	};

	test('is the named one, or the first; never one that the person is not in', () => {
		expect(which(me, new URLSearchParams('team=two'))?.team).toBe('two');
		expect(which(me, new URLSearchParams())?.team).toBe('one');
		expect(which(me, new URLSearchParams('team=three'))).toBeNull();
		expect(which(null, new URLSearchParams())).toBeNull();
	});
});

describe('the printed recovery key', () => {
	const lists = new Map<string, WordList>();
	beforeAll(async () => {
		for (const locale of LOCALES) lists.set(locale, await wordList(locale));
	});
	const list = (locale: string): WordList => lists.get(locale) ?? [];
	const aSecret = fc
		.uint8Array({ minLength: SPARE_BYTES, maxLength: SPARE_BYTES })
		.map((bytes) => Uint8Array.from(bytes));

	test('is fourteen words in every language, and reads back', async () => {
		await fc.assert(
			fc.asyncProperty(aSecret, fc.constantFrom(...LOCALES), async (secret, locale) => {
				const words = await writeWords(secret, SPARE_PAPER, list(locale));
				expect(words).toHaveLength(14);
				const typed = words.map((word, i) => `${i + 1}. ${word.toUpperCase()}`).join('\n');
				expect(await readWords(typed, SPARE_PAPER, [...lists.values()])).toEqual({ ok: true, value: secret });
			})
		);
	});

	test('is no return code, and what fills its last word up is nothing', async () => {
		const words = await writeWords(new Uint8Array(SPARE_BYTES), SPARE_PAPER, list('en'));
		const other = await writeWords(
			new Uint8Array(SPARE_BYTES),
			{ ...SPARE_PAPER, label: 'other' },
			list('en')
		);
		expect(words.slice(0, 13)).toEqual(other.slice(0, 13));
		expect(words[13]).not.toBe(other[13]);
		const filled = words.with(12, list('en')[1] ?? '');
		expect((await readWords(filled.join(' '), SPARE_PAPER, [list('en')])).ok).toBe(false);
	});

	test('is asked for at three places, each of them possible, none twice', () => {
		const seen = new Set<number>();
		fc.assert(
			fc.property(fc.infiniteStream(fc.nat(999)), (stream) => {
				const places = askedPlaces(14, () => Number(stream.next().value) / 1000);
				expect(new Set(places).size).toBe(3);
				expect(places).toEqual([...places].sort((a, b) => a - b));
				places.forEach((place) => seen.add(place));
			}),
			{ numRuns: 500 }
		);
		expect([...seen].sort((a, b) => a - b)).toEqual(Array.from({ length: 14 }, (_, place) => place));
	});

	test('is recognised by four letters, with or without diacritics, and by nothing less', () => {
		fc.assert(
			fc.property(fc.constantFrom(...LOCALES), fc.nat(1023), fc.nat(1023), (locale, a, b) => {
				const [word = '', other = ''] = [list(locale)[a], list(locale)[b]];
				for (const typed of [
					word,
					` ${word.toUpperCase()} `,
					fold(word),
					foldUmlauts(word),
					word.normalize('NFD')
				])
					expect(isWord(typed, word)).toBe(true);
				expect(isWord(fold(word).slice(0, 3), word)).toBe(false);
				if (a !== b) expect(isWord(other, word)).toBe(false);
			})
		);
	});
});
