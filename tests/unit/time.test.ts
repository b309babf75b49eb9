import { expect, test } from 'vitest';
import { age, greeting, said } from '../../src/lib/ui/time';
import { nextTold } from '../../src/routes/team/next-told';

const NOW = new Date(2026, 10, 18, 10, 42).getTime();
const at = (day: number, hour = 10, minute = 42, month = 10, year = 2026): number =>
	new Date(year, month, day, hour, minute).getTime();

test.for([
	[at(18, 9, 5), 'en', 'today, 09:05'],
	[at(17, 23, 59), 'en', 'yesterday, 23:59'],
	[at(18, 9, 5), 'de', 'heute, 09:05'],
	[at(17), 'pl', 'wczoraj, 10:42'],
	[at(17), 'hu', 'tegnap, 10:42'],
	[at(18), 'ro', 'azi, 10:42']
] as const)('%s in %s is %s', ([time, locale, words]) => {
	expect(said(time, NOW, locale)).toBe(words);
});

test('a day of the last week is a weekday, an older one a date, a much older one a date with its year', () => {
	expect(said(at(14), NOW, 'en')).toMatch(/^Saturday/);
	expect(said(at(3), NOW, 'en')).toMatch(/^3 November/);
	expect(said(at(3, 10, 42, 10, 2024), NOW, 'en')).toBe('3 November 2024');
});

test('the day turns at midnight of the clock on the wall, also when the clocks change', () => {
	const monday = new Date(2026, 9, 26, 0, 30).getTime();
	expect(said(new Date(2026, 9, 25, 23, 50).getTime(), monday, 'en')).toMatch(/^yesterday/);
	expect(said(new Date(2026, 9, 24, 23, 50).getTime(), monday, 'en')).toMatch(/^Saturday/);
});

test('a clock that is a little ahead says today, never a negative age', () => {
	expect(said(NOW + 60_000, NOW, 'en')).toMatch(/^today/);
	expect(age(NOW + 60_000, NOW, 'en')).toBe('now');
});

test('ages are short', () => {
	expect(age(NOW - 5 * 60_000, NOW, 'en')).toBe('5 min');
	expect(age(NOW - 3 * 3_600_000, NOW, 'en')).toBe('3 hr');
	expect(age(NOW - 50 * 3_600_000, NOW, 'de')).toBe('2 Tg.');
});

test('the greeting follows the hour', () => {
	expect([3, 4, 10, 11, 17, 18, 23].map((hour) => greeting(at(18, hour)))).toEqual([
		'evening',
		'morning',
		'morning',
		'day',
		'day',
		'evening',
		'evening'
	]);
});

test.for([
	[at(18, 11, 5), 'next told 11:05'],
	[at(18, 23, 59), 'next told 23:59'],
	[at(19, 0, 5), 'next told Thursday, 00:05'],
	[at(24, 9, 0), 'next told Tuesday, 09:00'],
	[at(25, 9, 0), 'next told 25 November at 09:00'],
	[at(18, 10, 41), 'next told 10:41'],
	[at(18, 10, 39), 'others should have been told by now'],
	[at(17, 10, 43), 'others should have been told by now'],
	[null, 'all have been told']
] as const)('who is told next: %s', ([next, words]) => {
	expect(nextTold(next, NOW, 'en').replace(/(day) (?=\d)/, '$1, ')).toBe(words);
});
