import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LOCALES } from '../../src/lib/domain/lists';
import { offerPassphrase, strengthOf } from '../../src/lib/domain/phrase';
import { wordList } from '../../src/lib/words/lists';

const twelveBytes = fc.uint8Array({ minLength: 12, maxLength: 12 });

describe('an offered passphrase', () => {
	test('is six words of the list, ten bits of chance each', async () => {
		const words = await wordList('en');
		const given = [0x00, 0x00, 0x03, 0xff, 0xfc, 0x01, 0x04, 0x02, 0x00, 0x10, 0x02, 0x00];
		const places = [0, 1023, 1, 2, 16, 512];
		const offered = offerPassphrase(words, (bytes) => {
			bytes.set(given);
			return bytes;
		});
		expect(offered).toBe(places.map((place) => words[place]).join(' '));
	});

	test.for(LOCALES)('is allowed in %s', async (locale) => {
		const words = await wordList(locale);
		const offers = fc.tuple(twelveBytes).map(([bytes]) => offerPassphrase(words, () => bytes));
		fc.assert(
			fc.property(offers, (offered) => {
				// Six times the same few words happens to nobody, but to fast-check.
				fc.pre(new Set(offered.split(' ')).size === 6);
				expect(strengthOf(offered)).toBe('strong');
			}),
			{ numRuns: 500 }
		);
	});
});

test.for([
	['', 'short'],
	['heed', 'short'],
	['four words but wrong', 'strong'],
	['one two six', 'short'],
	['fifteen letters', 'short'],
	['piros alma csendes este hajnal', 'strong'],
	['zażółć gęślą jaźń', 'short'],
	['zażółć gęślą jaźnią', 'strong'],
	['Der rote Hut ist weg', 'strong'],
	['x7#Kq9!vTz2&Lm4w', 'strong'],
	['a bb cc dd ee ff g', 'short'],
	['abc def ghi jkl mno', 'obvious'],
	['s o m m e r   1 9 9 8', 'short'],
	['six ten two one', 'short'],
	['aaaaaaaaaaaaaaaaaaaaaaaa', 'obvious'],
	['aaa bbb ccc ddd eee fff', 'obvious'],
	['alma alma alma alma alma alma', 'obvious'],
	['piosenka piosenka piosenka', 'obvious'],
	['blue lamp blue lamp', 'obvious'],
	['qwertyuiopasdfghjkl', 'obvious'],
	['qwertzuiopasdfghjklyxcvbnm', 'obvious'],
	['mnbvcxzlkjhgfdsapoiuytrewq', 'obvious'],
	['qwer tzui asdf yxcv fghj', 'obvious'],
	['abcdefghijklmnopqrstuvwxyz', 'obvious'],
	['1234567890123456', 'obvious'],
	['3141592653589793', 'obvious'],
	['12.03.1987 21.05.2011', 'obvious'],
	['Sommer 1998 1999 2000 2001', 'obvious'],
	['password1password', 'obvious'],
	['MyPassword2026!!!!', 'obvious'],
	['Passwort Hasło parola jelszó secret', 'obvious'],
	['                                   ', 'short'],
	['a                                  b', 'short']
] as const)('"%s" is %s', ([typed, strength]) => {
	expect(strengthOf(typed)).toBe(strength);
});

test.for([
	['quiet harbour seven lanterns frieda', ['frieda', 'Frieda'], 'own'],
	['quiet harbour seven friedas glow', ['frieda'], 'own'],
	['QUIET HARBOUR SEVEN FRIEDA GLOW', ['frieda'], 'own'],
	['cichy port siedem Łukasz lampy', ['lukasz'], 'own'],
	['quiet harbour seven lanterns nowak', ['fn', 'Frieda Nowak'], 'own'],
	['quiet harbour seven ana glow', ['ana'], 'own'],
	['quiet harbour seven bananas glow', ['ana'], 'strong'],
	['quiet harbour seven lanterns glow', ['jo', ''], 'strong'],
	['quiet harbour seven lanterns glow', ['frieda', 'Frieda'], 'strong']
] as const)('"%s" of %s is %s', ([typed, names, strength]) => {
	expect(strengthOf(typed, names)).toBe(strength);
});

test('diacritics and case make no passphrase stronger or weaker', () => {
	fc.assert(
		fc.property(fc.string(), (typed) => {
			expect(strengthOf(typed.toUpperCase())).toBe(strengthOf(typed.toUpperCase().toLowerCase()));
			expect(strengthOf(typed.normalize('NFD'))).toBe(strengthOf(typed.normalize('NFC')));
		})
	);
});
