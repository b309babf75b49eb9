import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import type { Content } from '../../src/lib/domain/content';
import { fold, type Said, type Voice } from '../../src/lib/domain/fold';
import { PHASES } from '../../src/lib/domain/lists';
import { RUNS } from './runs';

// As long as the properties take when they are tried more often.
vi.setConfig({ testTimeout: 600_000 });

const NOON = Date.UTC(2026, 10, 18, 12);
const [ANA, CORA, ESZTER] = ['ana000000000000', 'cora00000000000', 'eszter000000000'];

const alert: Content = {
	kind: 'alert',
	at: NOON,
	theme: 'hate',
	type: 'hate_speech',
	setting: 'sport',
	place: 'Sports hall',
	when: '',
	urgency: 'soon',
	story: 'Two older boys shouted.',
	photos: []
};

let counter = 0;
const said = (author: string, content: Said['content'], more: Partial<Said> = {}): Said => {
	counter += 1;
	return {
		id: `entry${String(counter).padStart(10, '0')}`,
		rev: counter,
		kind: typeof content === 'string' ? 'message' : content.kind,
		author,
		time: NOON + counter,
		content,
		audience: 'reporter',
		header: null,
		...more
	};
};
const message = (text: string): Content => ({ kind: 'message', at: NOON, text });
const take: Content = { kind: 'take', at: NOON };
const seen: Content = { kind: 'seen', at: NOON };

const aContent = fc.oneof<fc.Arbitrary<Said['content']>[]>(
	fc.constantFrom<Said['content']>(
		'locked',
		'unreadable',
		'unknown',
		'misplaced',
		'forged',
		alert,
		take,
		seen
	),
	fc.string({ minLength: 1 }).map(message),
	fc.constantFrom(...PHASES).map((phase): Content => ({ kind: 'phase', at: NOON, phase })),
	fc.constantFrom(ANA, CORA, ESZTER).map((to): Content => ({ kind: 'assign', at: NOON, to }))
);
const aSaid: fc.Arbitrary<Said> = fc
	.record({
		id: fc.stringMatching(/^[a-z0-9]{15}$/),
		rev: fc.option(fc.integer({ min: 1, max: 20 })),
		author: fc.constantFrom(ANA, CORA, ESZTER),
		time: fc.integer({ min: NOON, max: NOON + 20 }),
		content: aContent
	})
	.map((one) => ({
		...one,
		kind: typeof one.content === 'string' ? 'poll' : one.content.kind,
		audience: 'reporter',
		header: null
	}));
const someSaid = fc.uniqueArray(aSaid, { selector: ({ id }) => id, maxLength: 15 });

describe('order', () => {
	test('the same entries give the same case, in whatever order they arrived', () => {
		const twice = someSaid.chain((entries) =>
			fc.tuple(fc.constant(entries), fc.shuffledSubarray(entries, { minLength: entries.length }))
		);
		fc.assert(
			fc.property(twice, ([entries, shuffled]) => {
				expect(fold(shuffled)).toEqual(fold(entries));
			})
		);
	});

	test('what the server has comes in its order, what is unsent last and oldest first', () => {
		fc.assert(
			fc.property(someSaid, (entries) => {
				const { timeline } = fold(entries);
				const places = timeline.map(({ rev, time }) => (rev === null ? [1, time] : [0, rev]));
				const sorted = places.toSorted(([a = 0, b = 0], [c = 0, d = 0]) => a - c || b - d);
				expect(places).toEqual(sorted);
			})
		);
	});

	test('no entry is lost or doubled, also of a kind this app does not know', () => {
		fc.assert(
			fc.property(someSaid, (entries) => {
				const byId = (some: readonly Said[]) => some.toSorted((a, b) => (a.id < b.id ? -1 : 1));
				expect(byId(fold(entries).timeline)).toEqual(byId(entries));
			})
		);
	});

	test('an unsent word stays last, however old the clock that wrote it', () => {
		const old = said(ANA, message('unsent'), { rev: null, time: 0 });
		expect(fold([old, said(ANA, alert), said(CORA, message('hello'))]).timeline.at(-1)).toBe(old);
	});

	test('what was given is not changed', () => {
		fc.assert(
			fc.property(someSaid, (entries) => {
				const before = structuredClone(entries);
				fold(entries);
				expect(entries).toEqual(before);
			})
		);
	});
});

/**
 * A conversation as it was: each says something after some of what was there, on a device that counts. The server's
 * revs are any: it may have received, or pretend to have received, the words in another order.
 */
const aConversation = fc
	.array(
		fc.record({ who: fc.nat(2), seen: fc.array(fc.nat(), { maxLength: 4 }), rev: fc.option(fc.nat(30)) }),
		{ maxLength: 14 }
	)
	.map((turns) => {
		const counts = new Map<number, number>();
		const all: Said[] = [];
		for (const [at, { who, seen: looked, rev }] of turns.entries()) {
			const seq = (counts.get(who) ?? 0) + 1;
			counts.set(who, seq);
			const before = looked.flatMap((nth) => all[nth % Math.max(1, at)]?.id ?? []);
			const after = [...new Set(before)];
			const author = [ANA, CORA, ESZTER][who] ?? ANA;
			const device = `device${who}`.padEnd(15, '0');
			const id = `word${String(97 - at * 7).padStart(11, '0')}`;
			const header = { key: 'key000000000000', after, seq, device };
			all.push(said(author, message('word'), { id, rev, time: NOON + at, header }));
		}
		return all;
	});

describe('after what its author had seen', () => {
	const header = (device: string, seq: number, after: string[] = [], key = 'key000000000000') => ({
		...{ key, after, seq, device: device.padEnd(15, '0') }
	});

	test('everything comes, in whatever order it arrived and whatever the server says', () => {
		const shuffled = aConversation.chain((all) =>
			fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))
		);
		fc.assert(
			fc.property(shuffled, ([all, some]) => {
				const { timeline, missing } = fold(some);
				expect(timeline).toEqual(fold(all).timeline);
				const place = new Map(timeline.map(({ id }, at) => [id, at]));
				for (const { id, header: of } of timeline) {
					for (const before of of?.after ?? []) {
						expect(place.get(before) ?? Infinity).toBeLessThan(place.get(id) ?? -1);
					}
				}
				expect(missing).toEqual([]);
			}),
			{ numRuns: RUNS }
		);
	});

	test('what is held back shows: whoever had seen it, or counted on from it, is named, and nobody else', () => {
		const some = aConversation.chain((all) => fc.tuple(fc.constant(all), fc.subarray(all)));
		fc.assert(
			fc.property(some, ([all, here]) => {
				const ids = new Set(here.map(({ id }) => id));
				const lacks = ({ author, header: of }: Said): boolean =>
					(of?.after ?? []).some((id) => !ids.has(id)) ||
					all.some(
						(other) =>
							other.author === author && other.header?.seq === (of?.seq ?? 0) - 1 && !ids.has(other.id)
					);
				const { missing } = fold(here);
				expect(new Set(missing)).toEqual(new Set(here.filter(lacks).map(({ id }) => id)));
			}),
			{ numRuns: RUNS }
		);
	});

	test('where the server has mixed it up, the answer still follows the question', () => {
		const question = said(ANA, alert, { rev: 9, header: header('phone', 1) });
		const answer = said(CORA, message('Answer'), { rev: 2, header: header('tablet', 1, [question.id]) });
		const other = said(ESZTER, message('Other'), { rev: 5, header: header('laptop', 1) });
		expect(fold([answer, other, question]).timeline).toEqual([question, answer, other]);
	});

	test('what was said under another key, on another device or by another is no gap', () => {
		const first = said(ANA, alert, { header: header('phone', 1) });
		const second = said(ANA, message('x'), { header: header('phone', 2) });
		const elsewhere = said(ANA, message('x'), { header: header('phone', 2, [], 'key111111111111') });
		const tablet = said(ANA, message('x'), { header: header('tablet', 2) });
		const another = said(CORA, message('x'), { header: header('phone', 2) });
		expect(fold([first, second]).missing).toEqual([]);
		expect(fold([first, second, elsewhere, tablet, another]).missing).toEqual(
			[elsewhere, tablet, another].map(({ id }) => id)
		);
	});

	test('words that claim to follow each other, or themselves, end somewhere', () => {
		const [a, b] = [said(ANA, alert), said(CORA, message('x'))];
		const round = [
			{ ...a, header: header('phone', 1, [b.id]) },
			{ ...b, header: header('tablet', 1, [a.id, b.id]) }
		];
		expect(fold(round).timeline).toHaveLength(2);
		expect(fold(round.toReversed())).toEqual(fold(round));
	});

	test('a conversation of ten thousand words, each after the last, is put in order', () => {
		const long: Said[] = [];
		for (let seq = 1; seq <= 10_000; seq++) {
			const after = long.slice(-1).map(({ id }) => id);
			long.push(said(ANA, message('x'), { rev: 20_000 - seq, header: header('phone', seq, after) }));
		}
		const { timeline, missing } = fold(long);
		expect(timeline.map(({ id }) => id)).toEqual(long.map(({ id }) => id));
		expect(missing).toEqual([]);
	});
});

describe('what a case tells', () => {
	test('nothing yet', () => {
		expect(fold([])).toEqual({
			...{ alert: null, reporter: null, voices: {} },
			owner: null,
			...{ phase: 'received', moved: null, next: '', due: null, into: null },
			seen: null,
			answered: null,
			asked: null,
			timeline: [],
			contrary: { owner: [], phase: [], into: [] },
			missing: []
		});
	});

	test('that its reporter asks to talk to a person, and nobody else can ask in that name', () => {
		const first = said(ANA, alert);
		const ask = { kind: 'ask', at: 0 } as const;
		const [asked, again] = [said(ANA, ask), said(ANA, ask)];
		expect(fold([first, asked, again]).asked).toBe(asked.time);
		expect(fold([first, said(CORA, ask)]).asked).toBeNull();
		// It is no answer, and nobody has seen the alert by it.
		expect(fold([first, asked])).toMatchObject({ seen: null, answered: null });
	});

	test('the first alert is the case’s, its author the reporter', () => {
		const first = said(ANA, alert);
		const folded = fold([said(CORA, { ...alert, story: 'Another story' }), first].reverse());
		expect(folded.reporter).toBe(ANA);
		expect(folded.alert).toEqual(alert);
	});

	test('the reporter is known from the entry’s kind, also while the alert does not open', () => {
		expect(fold([said(ANA, 'locked', { kind: 'alert' })])).toMatchObject({ reporter: ANA, alert: null });
	});

	test.for(['forged', 'misplaced', 'unreadable'] as const)(
		'an alert that is %s makes nobody the reporter, however early it is said to be',
		(content) => {
			const planted = said(ESZTER, content, { kind: 'alert', rev: 1 });
			const folded = fold([planted, said(ANA, alert), said(ESZTER, take), said(ANA, message('More'))]);
			expect(folded).toMatchObject({ reporter: ANA, owner: ESZTER, answered: null });
			expect(fold([planted]).reporter).toBeNull();
		}
	);

	test('what the team says among itself is no answer to who asked', () => {
		const among = said(CORA, message('Among us'), { audience: 'team' });
		expect(fold([said(ANA, alert), among])).toMatchObject({ seen: null, answered: null });
	});

	test('the last who took it has it, and the last phase holds', () => {
		const folded = fold([
			said(ANA, alert),
			said(CORA, take),
			said(CORA, { kind: 'phase', at: NOON, phase: 'intake' }),
			said(ESZTER, take),
			said(ESZTER, { kind: 'phase', at: NOON, phase: 'assessed' })
		]);
		expect(folded).toMatchObject({ owner: ESZTER, phase: 'assessed' });
	});

	test('seen and answered are when somebody else first did it', () => {
		const entries = [
			said(ANA, alert),
			said(ANA, message('One more thing')),
			said(CORA, seen, { time: 100 }),
			said(CORA, message('Thank you'), { time: 200 }),
			said(ESZTER, seen, { time: 300 }),
			said(ESZTER, message('From me too'), { time: 400 })
		];
		expect(fold(entries)).toMatchObject({ seen: 100, answered: 200 });
		expect(fold(entries.slice(0, 2))).toMatchObject({ seen: null, answered: null });
	});

	test('whoever answers has seen it, with or without a receipt', () => {
		expect(fold([said(ANA, alert), said(CORA, message('Hello'), { time: 7 })])).toMatchObject({
			seen: 7,
			answered: 7
		});
	});

	test.for(['locked', 'unreadable', 'unknown', 'misplaced', 'forged'] as const)(
		'what is %s is kept and moves nothing',
		(content) => {
			const entry = said(CORA, content, { kind: 'poll' });
			const folded = fold([said(ANA, alert), entry]);
			expect(folded).toMatchObject({ owner: null, phase: 'received', seen: null, answered: null });
			expect(folded.timeline).toContain(entry);
		}
	);
});

test('who asked for advice neither takes the case nor moves it, whatever the device says', () => {
	const asked = said(ANA, alert);
	const folded = fold([asked, said(ANA, take), said(ANA, { kind: 'phase', at: NOON, phase: 'closed' })]);
	expect(folded).toMatchObject({ owner: null, phase: 'received', seen: null });
	expect(fold([asked, said(CORA, take)]).owner).toBe(CORA);
});

describe('acts that contradict each other', () => {
	const under = (after: readonly Said[], key = 'key000000000000') => ({
		header: { key, after: after.map(({ id }) => id), seq: 1, device: 'd'.padEnd(15, '0') }
	});
	const phase = (to: (typeof PHASES)[number]): Content => ({ kind: 'phase', at: NOON, phase: to });
	const opening = () => said(ANA, alert, under([]));
	const OTHER = 'case11111111111';
	const merge = (into: string): Content => ({ kind: 'merge', at: NOON, into });
	const split: Content = { kind: 'split', at: NOON };

	test('joined to two cases at once, or joined and separated, is said; and whoever asked joins nothing', () => {
		const first = opening();
		const joined = said(CORA, merge(OTHER), under([first]));
		const elsewhere = said(ESZTER, merge('case22222222222'), under([first]));
		expect(fold([first, joined, elsewhere])).toMatchObject({
			into: 'case22222222222',
			contrary: { into: [OTHER, 'case22222222222'] }
		});
		const apart = said(ESZTER, split, under([joined]));
		expect(fold([first, joined, apart])).toMatchObject({ into: null, contrary: { into: [] } });
		const atOnce = said(ESZTER, split, under([first]));
		expect(fold([first, joined, atOnce])).toMatchObject({ into: null, contrary: { into: [OTHER, ''] } });
		expect(fold([first, said(ANA, merge(OTHER), under([first]))]).into).toBeNull();
	});

	test('what few say to each other moves no case', () => {
		const first = opening();
		const closed = said(CORA, phase('closed'), { ...under([first]), audience: 'invited' });
		const taken = said(ESZTER, take, { ...under([first]), audience: 'narrow' });
		expect(fold([first, closed, taken])).toMatchObject({ phase: 'received', owner: null });
	});

	test('who does not work on it answers, and neither takes nor moves it', () => {
		const first = opening();
		const [taken, closed] = [
			said(ESZTER, take, under([first])),
			said(ESZTER, phase('closed'), under([first]))
		];
		const answer = said(ESZTER, message('Call us'), under([first]));
		const voiceOf = (user: string): Voice => (user === CORA ? 'works' : 'answers');
		const folded = fold([first, taken, closed, answer], voiceOf);
		expect(folded).toMatchObject({ owner: null, phase: 'received', answered: answer.time });
		const cora = said(CORA, take, under([first]));
		expect(fold([first, taken, cora], voiceOf)).toMatchObject({
			...{ owner: CORA, contrary: { owner: [] } }
		});
	});

	test('what is expected next, and until when, is what was said with the phase that counts', () => {
		const first = opening();
		const planned = said(CORA, {
			...phase('planned'),
			next: 'Talk with the class',
			due: '2026-12-01'
		} as Content);
		expect(fold([first, planned])).toMatchObject({
			...{ next: 'Talk with the class', due: '2026-12-01', moved: planned.time }
		});
		const later = said(ESZTER, phase('follow_up'));
		expect(fold([first, planned, later])).toMatchObject({ next: '', due: null, moved: later.time });
	});

	test('advice to whoever asked is an answer, among the team it is none', () => {
		const first = opening();
		const advice: Content = { kind: 'advice', at: NOON, text: 'Talk first' };
		expect(fold([first, said(CORA, advice)]).answered).not.toBeNull();
		expect(fold([first, said(CORA, advice, { audience: 'team' })]).answered).toBeNull();
	});

	test('two who took it without knowing of each other are both named, until somebody who knows settles it', () => {
		const first = opening();
		const cora = said(CORA, take, under([first]));
		const eszter = said(ESZTER, take, under([first]));
		for (const order of [
			[first, cora, eszter],
			[eszter, cora, first]
		])
			expect(fold(order)).toMatchObject({ owner: ESZTER, contrary: { owner: [CORA, ESZTER], phase: [] } });
		const settled = said(CORA, { kind: 'assign', at: NOON, to: CORA }, under([cora, eszter]));
		expect(fold([first, cora, eszter, settled])).toMatchObject({ owner: CORA, contrary: { owner: [] } });
	});

	test('who takes it over from somebody contradicts nobody, also with words in between and after a new key', () => {
		const first = opening();
		const cora = said(CORA, take, under([first]));
		const words = said(CORA, message('x'), under([cora]));
		const eszter = said(ESZTER, take, under([words]));
		expect(fold([first, cora, words, eszter]).contrary.owner).toEqual([]);
		// Under a newer key nothing of before is named as seen, and all of it was shown.
		const later = said(ESZTER, take, under([], 'key111111111111'));
		expect(fold([first, cora, later])).toMatchObject({ owner: ESZTER, contrary: { owner: [] } });
	});

	test('closed by one and moved on by another is said; twice the same is no contradiction', () => {
		const first = opening();
		const closed = said(CORA, phase('closed'), under([first]));
		const moved = said(ESZTER, phase('follow_up'), under([first]));
		expect(fold([first, closed, moved])).toMatchObject({
			phase: 'follow_up',
			contrary: { phase: ['closed', 'follow_up'] }
		});
		const again = said(ESZTER, phase('closed'), under([first]));
		expect(fold([first, closed, again]).contrary.phase).toEqual([]);
	});

	test('under an old key somebody who was not there yet contradicts as well', () => {
		const first = opening();
		const cora = said(CORA, take, under([], 'key111111111111'));
		const late = said(ESZTER, take, under([first]));
		expect(fold([first, cora, late])).toMatchObject({ owner: ESZTER, contrary: { owner: [CORA, ESZTER] } });
	});

	test('who claims to have been seen by what comes later, or by itself, hides nothing', () => {
		const first = opening();
		const cora = said(CORA, take, under([first]));
		const eszter = said(ESZTER, take, under([first]));
		const self = said(ESZTER, phase('planned'), under([first]));
		const round = { ...self, header: self.header && { ...self.header, after: [cora.id, self.id] } };
		expect(fold([first, cora, eszter, round])).toMatchObject({
			phase: 'planned',
			contrary: { owner: [CORA, ESZTER] }
		});
	});

	test('a case is not handed to whoever asked for advice', () => {
		const first = opening();
		const cora = said(CORA, take, under([first]));
		const back = said(CORA, { kind: 'assign', at: NOON, to: ANA }, under([cora]));
		expect(fold([first, cora, back])).toMatchObject({ owner: CORA, contrary: { owner: [] } });
	});

	test('whoever asked for advice contradicts nobody', () => {
		const first = opening();
		const cora = said(CORA, take, under([first]));
		const ana = said(ANA, take, under([first]));
		expect(fold([first, cora, ana])).toMatchObject({ owner: CORA, contrary: { owner: [] } });
	});

	/** Acts of three people, each after some of what was there. */
	const acts = aConversation.chain((all) =>
		fc
			.array(
				fc.constantFrom<Content>(
					take,
					phase('closed'),
					phase('follow_up'),
					merge(OTHER),
					split,
					message('x')
				),
				{
					minLength: all.length,
					maxLength: all.length
				}
			)
			.map((contents) =>
				all.map((one, at): Said => {
					const content = contents[at] ?? take;
					return { ...one, content, kind: content.kind };
				})
			)
	);

	test('are the same on every device, and only such as none of them had seen the other', () => {
		const shuffled = acts.chain((all) =>
			fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))
		);
		fc.assert(
			fc.property(shuffled, ([all, some]) => {
				const folded = fold(some);
				expect(folded.contrary).toEqual(fold(all).contrary);
				for (const { length } of Object.values(folded.contrary)) expect(length).not.toBe(1);
				if (folded.contrary.into.length > 0) expect(folded.contrary.into).toContain(folded.into ?? '');
				if (folded.contrary.owner.length > 0) expect(folded.contrary.owner).toContain(folded.owner);
				if (folded.contrary.phase.length > 0) expect(folded.contrary.phase).toContain(folded.phase);
			}),
			{ numRuns: RUNS }
		);
	});

	test('end with one act that has seen everything', () => {
		fc.assert(
			fc.property(acts, (all) => {
				const last = said(CORA, take, { ...under(all), rev: 99 });
				expect(fold([...all, last])).toMatchObject({ owner: CORA, contrary: { owner: [] } });
				const moved = said(CORA, phase('planned'), { ...under([...all, last]), rev: 100 });
				expect(fold([...all, last, moved])).toMatchObject({ phase: 'planned', contrary: { phase: [] } });
			}),
			{ numRuns: RUNS }
		);
	});

	test('in a row contradict nobody', () => {
		fc.assert(
			fc.property(acts, (all) => {
				const row = all.map((one, at): Said => ({ ...one, rev: at + 1, ...under(all.slice(0, at)) }));
				expect(fold(row).contrary).toEqual({ owner: [], phase: [], into: [] });
			}),
			{ numRuns: RUNS }
		);
	});
});

test('who asks beside whoever wrote the alert works on nothing, answers nothing, and has seen nothing for the team', () => {
	const other = said(CORA, alert);
	const words = [
		...[seen, take, message('And?'), { kind: 'phase', at: NOON, phase: 'closed', reason: 'No.' } as const]
	];
	const all = [other, ...words.map((content) => said(ANA, content))];
	const voiceOf = (user: string): Voice => (user === ANA ? 'asks' : 'works');
	const asked = fold(all, voiceOf);
	expect(asked).toMatchObject({ owner: null, phase: 'received', seen: null, answered: null });
	expect(asked.timeline).toEqual(fold(all).timeline);
	expect(fold(all)).toMatchObject({ owner: ANA, phase: 'closed' });
	expect(fold([...all, said(ESZTER, take)], voiceOf)).toMatchObject({
		owner: ESZTER,
		contrary: { owner: [] }
	});
});
