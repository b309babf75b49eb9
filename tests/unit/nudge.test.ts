/** What a device makes of a push, and what it thinks of its own hearing. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lightOf, systemOf } from '../../src/lib/domain/hearing';
import { NOTICES, Nudge, NUDGE_BYTES, PRESSING } from '../../src/lib/domain/notice';
import { addressOf, isPressing, placeOf, readAddress, readNudge } from '../../src/lib/domain/nudge';
import { LIGHTS } from '../lights';

const letters = (length: number, alphabet = 'abcz019') =>
	fc
		.array(fc.constantFrom(...Array.from(alphabet)), { minLength: length, maxLength: length })
		.map((all) => all.join(''));

const aNudge = fc.record({
	v: fc.constant(1 as const),
	id: letters(15),
	kind: fc.constantFrom(...NOTICES),
	tag: letters(12, 'abc-9'),
	token: letters(32),
	case: fc.oneof(letters(15), fc.constant('')),
	person: letters(15)
});

describe('a push', () => {
	test('is read as its schema reads it, and fits its size', () => {
		fc.assert(
			fc.property(aNudge, (nudge) => {
				expect(readNudge({ ...nudge, more: 1 })).toEqual(Nudge.parse(nudge));
				expect(JSON.stringify(nudge).length).toBeLessThanOrEqual(NUDGE_BYTES);
			})
		);
	});

	test('with anything else in one of its places is none, by the schema’s verdict too', () => {
		const place = fc.constantFrom('v', 'id', 'kind', 'tag', 'token', 'case', 'person');
		const other = fc.oneof(
			fc.anything(),
			letters(15),
			letters(33),
			fc.constantFrom(...NOTICES, 'toString', '')
		);
		fc.assert(
			fc.property(aNudge, place, other, (nudge, at, value) => {
				const sent: unknown = { ...nudge, [at]: value };
				expect(readNudge(sent) !== null).toBe(Nudge.safeParse(sent).success);
			})
		);
		fc.assert(fc.property(fc.anything(), (sent) => readNudge(sent) === null));
	});

	test('leads to a screen of ours, and back from its address', () => {
		fc.assert(
			fc.property(aNudge, (nudge) => {
				const hash = addressOf(nudge).replace('/notified', '');
				expect(readAddress(hash)).toMatchObject({ person: nudge.person, to: placeOf(nudge) });
			})
		);
		const of = 'abcdefghijklmno';
		expect(placeOf({ kind: 'danger', case: of })).toBe(`/team/${of}`);
		expect(placeOf({ kind: 'call', case: '' })).toBe('/team');
		expect(placeOf({ kind: 'answer', case: of })).toBe(`/case/${of}`);
		expect(placeOf({ kind: 'test', case: '' })).toBe('/settings/notices');
		expect(readAddress(`#personpersonper/case/${of}`)?.case).toBe(of);
	});

	test.for([
		'',
		'#',
		'#personpersonper',
		'#personpersonper//elsewhere.example',
		'#person/team',
		'#personpersonper/a?b',
		'#personpersonper/settings',
		'#personpersonper/settings/notices/mend',
		'#personpersonper/team/members',
		'#personpersonper/team/abcdefghijklmn',
		'#personpersonper/team/abcdefghijklmno/',
		'#personpersonper/case',
		'#personpersonper/case/abcdefghijklmno/more',
		'#personpersonper/found',
		'#personpersonper/team\n'
	])('an address that nobody made leads nowhere: %j', (hash) => expect(readAddress(hash)).toBeNull());

	test('asks for ‘I have it’ just where somebody has to answer', () => {
		expect(NOTICES.filter(isPressing)).toEqual([...PRESSING]);
	});
});

describe('a device', () => {
	const NOW = Date.parse('2026-11-20T10:42:00Z');
	const ago = (minutes: number | null): string =>
		minutes === null ? '' : new Date(NOW - minutes * 60_000).toISOString().replace('T', ' ');

	test.for(LIGHTS)('asked $asked, heard $heard minutes ago, trouble $trouble: $light', (one) => {
		const { asked, heard, trouble = '', light } = one;
		expect(lightOf({ asked: ago(asked), heard: ago(heard), trouble }, NOW)).toBe(light);
	});

	test('has a quarter of an hour to show a test', () => {
		const lights = [0, 1].map((ms) => lightOf({ asked: ago(15), heard: '', trouble: '' }, NOW + ms));
		expect(lights).toEqual(['waiting', 'red']);
	});

	test.for([
		['Mozilla/5.0 (Linux; Android 14; Pixel 8) Chrome/140', 5, 'android'],
		['Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X)', 5, 'ios'],
		['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)', 5, 'ios'],
		['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)', 0, 'desktop'],
		['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140', 0, 'desktop']
	] as const)('%s with %d fingers is known', ([userAgent, maxTouchPoints, system]) => {
		expect(systemOf({ userAgent, maxTouchPoints })).toBe(system);
	});
});
