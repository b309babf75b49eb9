import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { emptyDraft, isBlank, said } from '../../src/lib/domain/blank';
import { Alert, FILES_MAX, Names, NAMES_MAX, PHOTOS_MAX, STORY_MAX } from '../../src/lib/domain/alert';
import { Draft, toAlert, toDraft, toNames, type DraftField } from '../../src/lib/domain/draft';
import {
	AGES,
	CERTAINTIES,
	MOTIVES,
	NEEDS,
	SETTINGS,
	SOURCES,
	THEMES,
	TYPES,
	URGENCIES,
	WAYS_TO_KNOW
} from '../../src/lib/domain/lists';

const NOON = Date.UTC(2026, 10, 18, 12);

const photo = {
	file: 'photo0000000000',
	type: 'image/webp',
	bytes: 90_000,
	width: 1600,
	height: 1200,
	parts: 1
} as const;

const [voice, paper, original] = [
	{ kind: 'voice', file: 'voice0000000000', type: 'audio/webm', bytes: 30_000, parts: 1, seconds: 9 },
	{
		kind: 'document',
		file: 'paper0000000000',
		type: 'application/pdf',
		bytes: 9_000,
		parts: 1,
		name: 'a.pdf'
	},
	{ kind: 'original', file: 'taken0000000000', type: 'image/jpeg', bytes: 9_000, parts: 1, name: 'IMG_1.jpg' }
] as const;

const complete: Draft = {
	...emptyDraft('draft0000000000', 'team00000000000'),
	theme: 'hate',
	type: 'hate_speech',
	setting: 'sport',
	place: 'Sports hall, Bartek’s school',
	when: 'yesterday after the match',
	urgency: 'soon',
	story: 'Two older boys shouted at Ana’s group.',
	photos: [photo]
};

const orNone = <T extends string>(some: readonly T[]) => fc.constantFrom<T | ''>('', ...some);
const text = fc.oneof(
	fc.string(),
	fc.constantFrom('', ' ', '\n\t', 'x'.repeat(121), 'x'.repeat(STORY_MAX), `${'x'.repeat(STORY_MAX)}y`),
	fc.string({ unit: 'grapheme' })
);
const aDraft = fc.record<Draft>({
	id: fc.constant(complete.id),
	team: fc.constantFrom('' as const, complete.team),
	theme: orNone(THEMES),
	type: orNone([...TYPES, 'own_stickers'] as const),
	motives: fc.uniqueArray(fc.constantFrom(...MOTIVES, 'own_club' as const)),
	source: orNone(SOURCES),
	age: orNone(AGES),
	harmed: orNone(AGES),
	setting: orNone(SETTINGS),
	place: text,
	area: fc.constantFrom('', 'PL-2465011'),
	when: text,
	known: fc.uniqueArray(fc.constantFrom(...WAYS_TO_KNOW)),
	certainty: orNone(CERTAINTIES),
	urgency: orNone(URGENCIES),
	story: text,
	strengths: text,
	done: text,
	needs: fc.uniqueArray(fc.constantFrom(...NEEDS, 'own_visit' as const)),
	police: orNone(['yes', 'no'] as const),
	photos: fc.array(fc.constant(photo), { maxLength: PHOTOS_MAX + 2 }),
	files: fc.array(fc.constantFrom(voice, paper, original), { maxLength: FILES_MAX + 2 }),
	names: text,
	persons: fc.array(
		fc.record({ letter: fc.constantFrom('A', 'B'), first: fc.array(text), last: fc.array(text) }),
		{ maxLength: 2 }
	),
	fine: fc.array(text, { maxLength: 2 })
});
const aFullerDraft = fc.oneof(
	aDraft,
	aDraft.map((draft): Draft => ({ ...complete, place: draft.place, story: draft.story, when: draft.when }))
);

describe('a draft becomes an alert', () => {
	test('with everything that was said, trimmed, at the given time', () => {
		const alert = toAlert({ ...complete, story: `\n ${complete.story} \n`, place: ' Hall ' }, NOON);
		expect(alert).toEqual({
			ok: true,
			value: {
				kind: 'alert',
				at: NOON,
				theme: 'hate',
				type: 'hate_speech',
				setting: 'sport',
				place: 'Hall',
				when: complete.when,
				urgency: 'soon',
				story: complete.story,
				photos: [photo]
			}
		});
	});

	test('either an alert that every device can read, or a field that says what is wrong', () => {
		fc.assert(
			fc.property(aFullerDraft, (draft) => {
				const alert = toAlert(draft, NOON);
				const names = toNames(draft, NOON);
				if (alert.ok) expect(Alert.parse(alert.value)).toEqual(alert.value);
				if (alert.ok && names) expect(Names.parse(names)).toEqual(names);
				if (!alert.ok) expect(Object.keys(alert.error.problems)).not.toEqual([]);
			})
		);
	});

	test('nothing that a person typed is lost on the way through the device’s memory', () => {
		fc.assert(
			fc.property(aFullerDraft, (draft) => {
				expect(Draft.parse(JSON.parse(JSON.stringify(draft)))).toEqual(draft);
			})
		);
	});
});

describe('what a draft carries', () => {
	const draft: Draft = { ...complete, files: [voice, original, paper], names: ' Jan Kowalski\n' };

	test('what was decided about names is told nobody, and makes no draft of an empty one', () => {
		const persons = [{ letter: 'A', first: ['jan'], last: ['kowalski'] }];
		const alert = toAlert({ ...draft, persons, fine: ['Kowalski'] }, NOON);
		expect(alert.ok).toBe(true);
		expect(JSON.stringify(alert)).not.toMatch(/kowalski/i);
		const empty = { ...emptyDraft(draft.id, ''), persons, fine: ['Kowalski'] };
		expect(isBlank(empty)).toBe(true);
		expect(said(empty)).not.toBe(said(emptyDraft(draft.id, '')));
	});

	test('goes with the alert, but for names and originals, which are for few', () => {
		const alert = toAlert(draft, NOON);
		expect(alert).toMatchObject({ ok: true, value: { files: [voice, paper] } });
		expect(JSON.stringify(alert)).not.toContain('Kowalski');
		expect(toNames(draft, NOON)).toEqual({
			...{ kind: 'names', at: NOON, text: 'Jan Kowalski', files: [original] }
		});
	});

	test('is nothing for few where there is neither a name nor an original', () => {
		expect(toNames({ ...draft, names: ' \n', files: [voice, paper] }, NOON)).toBeNull();
		expect(toNames({ ...draft, names: '' }, NOON)).toMatchObject({ text: '', files: [original] });
		expect(toNames({ ...draft, files: [] }, NOON)).toMatchObject({ text: 'Jan Kowalski', files: [] });
	});

	test('comes back with the alert', () => {
		const alert = toAlert(draft, NOON);
		if (!alert.ok) throw new Error('it is complete');
		expect(toDraft(alert.value, draft.id, draft.team)).toMatchObject({ files: [voice, paper], names: '' });
		const whole = { files: draft.files, names: 'Jan', police: 'yes' } as const;
		expect(toDraft(alert.value, draft.id, draft.team, whole)).toMatchObject(whole);
	});

	test('is said by it, whatever a file is called elsewhere', () => {
		expect(said({ ...draft, files: [voice] })).not.toBe(said({ ...draft, files: [paper] }));
		expect(said({ ...draft, files: [{ ...voice, seconds: 8 }] })).toBe(said({ ...draft, files: [voice] }));
		expect(said({ ...draft, names: '' })).not.toBe(said(draft));
	});

	test('was left out by a version that had none', () => {
		const old = Object.fromEntries(
			Object.entries(complete).filter(([name]) => name !== 'files' && name !== 'names')
		);
		expect(Draft.parse(old)).toMatchObject({ files: [], names: '' });
	});
});

describe('what is wrong stands at its field', () => {
	test.for<[DraftField, Partial<Draft>, string]>([
		['team', { team: '' }, 'missing'],
		['theme', { theme: '' }, 'missing'],
		['type', { type: '' }, 'missing'],
		['urgency', { urgency: '' }, 'missing'],
		['place', { place: '  ' }, 'missing'],
		['place', { place: 'x'.repeat(121) }, 'too_long'],
		['when', { when: 'x'.repeat(201) }, 'too_long'],
		['story', { story: 'x'.repeat(STORY_MAX + 1) }, 'too_long'],
		['photos', { photos: Array.from({ length: PHOTOS_MAX + 1 }, () => photo) }, 'too_many'],
		['files', { files: Array.from({ length: FILES_MAX + 1 }, () => original) }, 'too_many'],
		['names', { names: 'x'.repeat(NAMES_MAX + 1) }, 'too_long']
	])('%s: %o', ([field, change, problem]) => {
		expect(toAlert({ ...complete, ...change }, NOON)).toEqual({
			ok: false,
			error: { kind: 'incomplete', problems: { [field]: problem } }
		});
	});

	test('an empty draft misses all that is required at once, and no more', () => {
		expect(toAlert(emptyDraft(complete.id, ''), NOON)).toMatchObject({
			error: {
				problems: {
					team: 'missing',
					theme: 'missing',
					type: 'missing',
					urgency: 'missing',
					place: 'missing'
				}
			}
		});
	});

	test.for<[string, Partial<Draft>]>([
		['nobody knows when', { when: '' }],
		['there is no picture', { photos: [] }],
		[
			'everything is as long as it may be',
			{ place: 'x'.repeat(120), when: 'x'.repeat(200), story: 'x'.repeat(STORY_MAX) }
		],
		['there are as many pictures as may be', { photos: Array.from({ length: PHOTOS_MAX }, () => photo) }]
	])('nothing is wrong when %s', ([, change]) => {
		expect(toAlert({ ...complete, ...change }, NOON).ok).toBe(true);
	});
});

describe('a draft is kept', () => {
	test('not while nothing was said, whichever team it is for', () => {
		expect(isBlank(emptyDraft(complete.id, ''))).toBe(true);
		expect(isBlank(emptyDraft(complete.id, complete.team))).toBe(true);
		expect(isBlank({ ...emptyDraft(complete.id, ''), story: ' \n' })).toBe(true);
	});

	test.for([
		...(['theme', 'type', 'setting', 'place', 'when', 'urgency', 'story', 'photos'] as const),
		...(['files', 'names'] as const)
	])('as soon as there is only: %s', (field) => {
		const whole = { ...complete, files: [voice], names: 'Jan' };
		expect(isBlank({ ...emptyDraft(complete.id, ''), [field]: whole[field] })).toBe(false);
	});
});
