import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { Alert } from '../../src/lib/domain/alert';
import { ANSWERS, Content, type Answer } from '../../src/lib/domain/content';
import { fold, type Said } from '../../src/lib/domain/fold';
import { isBack, isOver, referring, sidesOf, voicesBy, type Referral } from '../../src/lib/domain/referring';
import type { Roll, Seat } from '../../src/lib/domain/roll';
import { idOf, INSTANCE, NOON, TEAM } from './people';
import { RUNS } from './runs';
import { sayingTo } from './said';

vi.setConfig({ testTimeout: 600_000 });

const [CORA, ESZTER, MAGDA, TOMEK, BARTEK] = ['cora', 'eszter', 'magda', 'tomek', 'bartek'].map(idOf) as [
	...[string, string, string, string, string]
];
const OTHER = idOf('other');

const rollOf = (team: string, users: readonly string[], more: Partial<Seat> = {}): Roll => ({
	...{ team, instance: INSTANCE, name: team, fingerprint: '', seq: 9, head: '', spare: null, circles: [] },
	seats: Object.fromEntries(
		users.map((user): [string, Seat] => [
			user,
			{
				...{ user, keys: '', verifier: '', role: 'expert', roles: ['expert'], until: 0, met: false },
				...{ by: user, at: NOON, left: 0, earlier: [], paper: false },
				...more
			}
		])
	)
});
/** Cora and Eszter are of the team that refers, Magda and Tomek of the one that is asked, Bartek of neither. */
const SIDES = sidesOf(
	new Map([
		[TEAM, rollOf(TEAM, [CORA, ESZTER])],
		[OTHER, rollOf(OTHER, [MAGDA, TOMEK])]
	]),
	TEAM,
	OTHER
);

const said = sayingTo('reporter');
const answer = (what: Answer, reason = what === 'accepted' ? '' : 'Because.'): Content => ({
	...{ kind: 'answer', at: NOON, answer: what, reason }
});
const agreed = { basis: 'public_task', consent: 'given', reason: '' } as const;
const alert: Alert = {
	...{ kind: 'alert', at: NOON, theme: 'hate', type: 'threat', place: 'Hall', when: '', urgency: 'soon' },
	...{ story: 'In short.', photos: [] }
};
const from = { team: TEAM, case: idOf('case'), ...agreed };
const sent = (): Said => said(CORA, { ...alert, from });
const of = (...entries: Said[]): Referral => referring(fold(entries).timeline, SIDES);

describe('a referral', () => {
	test('waits until the other team answers, and its answer has its reason', () => {
		const asked = sent();
		expect(of(asked)).toEqual({ state: 'waiting', by: null, time: null, reason: '', contrary: [] });
		const no = said(MAGDA, answer('declined', 'Not our town.'), [asked]);
		expect(of(asked, no)).toMatchObject({ state: 'declined', by: MAGDA, reason: 'Not our town.' });
		for (const what of ANSWERS) {
			expect(Content.safeParse(answer(what, ' ')).success, what).toBe(what === 'accepted');
			expect(Content.safeParse(answer(what, 'Why.')).success, what).toBe(true);
		}
	});

	test('says on what it rests, and why where nobody has agreed', () => {
		const rests = (change: object) => Alert.safeParse({ ...alert, from: change }).success;
		expect(rests(from)).toBe(true);
		expect(rests({ ...from, consent: 'none' })).toBe(false);
		expect(rests({ ...from, consent: 'none', reason: 'A life is at risk.' })).toBe(true);
		expect(rests({ ...from, basis: undefined })).toBe(false);
	});

	test('is accepted, then handed back, and each side does what is its own', () => {
		const asked = sent();
		const yes = said(MAGDA, answer('accepted'), [asked]);
		expect(of(asked, yes)).toMatchObject({ state: 'accepted', by: MAGDA });
		const back = said(TOMEK, answer('returned', 'We know them.'), [yes]);
		expect(of(asked, yes, back)).toMatchObject({ state: 'returned', by: TOMEK, reason: 'We know them.' });
		const gone = said(ESZTER, answer('withdrawn'), [yes]);
		expect(of(asked, yes, gone)).toMatchObject({ state: 'withdrawn', by: ESZTER });
	});

	test.for([
		[CORA, 'accepted'],
		[ESZTER, 'declined'],
		[CORA, 'returned'],
		[MAGDA, 'withdrawn'],
		...ANSWERS.map((what) => [BARTEK, what] as const)
	] as const)('%s has no say in %s', ([who, what]) => {
		const asked = sent();
		expect(of(asked, said(who, answer(what), [asked]))).toMatchObject({ state: 'waiting', contrary: [] });
	});

	test('is not answered anywhere but between the teams', () => {
		const asked = sent();
		const among = said(MAGDA, answer('accepted'), [asked], { audience: 'team' });
		expect(of(asked, among).state).toBe('waiting');
	});

	test('keeps the word of who has left since, and a police contact or a guest has none', () => {
		const asked = sent();
		const yes = said(MAGDA, answer('accepted'), [asked]);
		const { timeline } = fold([asked, yes]);
		const as = (more: Partial<Seat>) =>
			referring(timeline, sidesOf(new Map([[OTHER, rollOf(OTHER, [MAGDA], more)]]), TEAM, OTHER)).state;
		expect(as({ left: 5 })).toBe('accepted');
		expect(as({ role: 'police', roles: ['police'] })).toBe('waiting');
		expect(as({ role: 'guest', roles: ['guest', 'expert'] })).toBe('accepted');
	});
});

test('an author is heard as the rolls of both teams say, and works on the case where its team’s is not here', () => {
	const both = new Map([
		[TEAM, rollOf(TEAM, [CORA, TOMEK])],
		[OTHER, rollOf(OTHER, [MAGDA, TOMEK])]
	]);
	const heard = (rolls: typeof both, sender: string | null) =>
		[CORA, MAGDA, TOMEK, BARTEK].map((user) => voicesBy(rolls, OTHER)(user, sender));
	expect(heard(both, TEAM)).toEqual(['asks', 'works', 'works', 'answers']);
	expect(heard(both, null)).toEqual(['answers', 'works', 'works', 'answers']);
	both.delete(OTHER);
	expect(heard(both, TEAM)).toEqual(['asks', 'works', 'asks', 'works']);
	both.clear();
	expect(heard(both, TEAM)).toEqual(['works', 'works', 'works', 'works']);
});

test('a case is back until somebody of its team does something there', () => {
	const asked = said('ana000000000000', alert);
	const room = fold([asked]);
	const time = asked.time + 10;
	expect(isBack({ state: 'returned', time }, room)).toBe(true);
	expect(isBack({ state: 'declined', time }, room)).toBe(true);
	for (const state of ['waiting', 'accepted', 'withdrawn'] as const)
		expect(isBack({ state, time }, room), state).toBe(false);
	const after = (author: string, content: Content, later = 1) =>
		isBack(
			{ state: 'returned', time },
			fold([asked, said(author, content, [asked], { time: time + later })])
		);
	const word: Content = { kind: 'message', at: NOON, text: 'We go on.' };
	expect(after(CORA, word)).toBe(false);
	expect(after(CORA, word, -1)).toBe(true);
	expect(after(CORA, { kind: 'seen', at: NOON })).toBe(true);
	expect(after('ana000000000000', word)).toBe(true);
});

describe('two answers at the same time', () => {
	test.for([
		['accepted', 'withdrawn', 'withdrawn'],
		['accepted', 'declined', 'declined'],
		['declined', 'withdrawn', 'withdrawn'],
		['returned', 'declined', 'declined']
	] as const)('%s and %s: %s counts, in either order, and both are told', ([one, other, counts]) => {
		const asked = sent();
		const by = (what: Answer, user: string) =>
			said(what === 'withdrawn' ? CORA : user, answer(what), [asked]);
		const [first, second] = [by(one, MAGDA), by(other, TOMEK)];
		for (const all of [
			[asked, first, second],
			[asked, { ...second, rev: 1000 }, { ...first, rev: 2000 }],
			[asked, { ...second, rev: 2000 }, { ...first, rev: 1000 }]
		]) {
			const { state, contrary } = of(...all);
			expect(state).toBe(counts);
			expect([...contrary].sort()).toEqual([one, other].sort());
		}
	});

	test('that say the same do not contradict each other', () => {
		const asked = sent();
		const both = [MAGDA, TOMEK].map((user) => said(user, answer('accepted'), [asked]));
		expect(of(asked, ...both)).toMatchObject({ state: 'accepted', contrary: [] });
	});

	test('are settled by whoever has both in view, but what was withdrawn no yes brings back', () => {
		const asked = sent();
		const yes = said(MAGDA, answer('accepted'), [asked]);
		const gone = said(CORA, answer('withdrawn'), [asked]);
		const again = said(TOMEK, answer('accepted'), [yes, gone]);
		expect(of(asked, yes, gone, again)).toMatchObject({ contrary: ['withdrawn', 'accepted'] });
		const settled = said(TOMEK, answer('returned'), [yes, gone]);
		expect(of(asked, yes, gone, settled)).toMatchObject({ state: 'returned', contrary: [] });
		const no = said(TOMEK, answer('declined'), [asked]);
		const still = said(MAGDA, answer('accepted'), [yes, no]);
		expect(of(asked, yes, no, still)).toMatchObject({ state: 'accepted', contrary: [] });
	});
});

/** Answers by anybody, each after some of those before it. */
const scene = fc
	.array(
		fc.record({
			who: fc.constantFrom(CORA, ESZTER, MAGDA, TOMEK, BARTEK),
			what: fc.constantFrom(...ANSWERS),
			seen: fc.array(fc.nat(), { maxLength: 3 }),
			isUnsent: fc.boolean()
		}),
		{ maxLength: 10 }
	)
	.map((acts) => {
		const all = [sent()];
		for (const { who, what, seen, isUnsent } of acts) {
			const after = seen.flatMap((at) => all[at % all.length] ?? []);
			all.push(said(who, answer(what), after, isUnsent ? { rev: null } : {}));
		}
		return all;
	});

test('the same answers give the same on every device, whatever the server’s order', () => {
	const shuffled = scene.chain((all) =>
		fc.tuple(
			fc.constant(all),
			fc.shuffledSubarray(all, { minLength: all.length }),
			fc.shuffledSubarray([...all.keys()], { minLength: all.length })
		)
	);
	fc.assert(
		fc.property(shuffled, ([all, some, revs]) => {
			const known = of(...all);
			expect(of(...some)).toEqual(known);
			// Which of those at the same time the server has taken first does not matter for what counts.
			const renumbered = all.map((one, at) => ({ ...one, rev: (revs[at] ?? 0) + 1 }));
			const { state, contrary } = of(...renumbered);
			expect({ state, contrary }).toEqual({ state: known.state, contrary: known.contrary });
		}),
		{ numRuns: RUNS }
	);
});

test('what counts is among what contradicts it, and a word of the wrong side changes nothing', () => {
	fc.assert(
		fc.property(scene, (all) => {
			const { state, contrary } = of(...all);
			expect(contrary).not.toHaveLength(1);
			if (contrary.length > 0) expect(contrary).toContain(state);
			const silenced = all.map((one): Said => {
				const { content, author } = one;
				if (typeof content === 'string' || content.kind !== 'answer') return one;
				const side = content.answer === 'withdrawn' ? SIDES.sends : SIDES.receives;
				return side(author) ? one : { ...one, content: { kind: 'message', at: NOON, text: 'Hm.' } };
			});
			expect(of(...silenced)).toEqual(of(...all));
		}),
		{ numRuns: RUNS }
	);
});

test('what is over and clear stays as it is, whatever is said by whoever has seen it', () => {
	const later = fc.tuple(
		scene,
		fc.constantFrom(CORA, MAGDA, TOMEK),
		fc.constantFrom(...ANSWERS),
		fc.constantFrom(...ANSWERS)
	);
	fc.assert(
		fc.property(later, ([all, who, first, then]) => {
			const before = of(...all);
			fc.pre(isOver(before) && before.contrary.length === 0);
			const one = said(who, answer(first), all);
			expect(of(...all, one, said(who, answer(then), [one]))).toEqual(before);
		}),
		{ numRuns: RUNS }
	);
});
