import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { RULES, type Content, type Proposal, type Vote } from '../../src/lib/domain/content';
import { count, isOpen, motions } from '../../src/lib/domain/deciding';
import { fold, type Said } from '../../src/lib/domain/fold';
import { RUNS } from './runs';
import { sayingTo } from './said';

vi.setConfig({ testTimeout: 600_000 });

const AT = Date.UTC(2026, 10, 18, 12);
const PEOPLE = ['cora00000000000', 'eszter000000000', 'dorin0000000000', 'frieda000000000'] as const;
const [CORA, ESZTER, DORIN, FRIEDA] = PEOPLE;
const proposal = (change: Partial<Proposal> = {}): Proposal => ({
	...{
		kind: 'proposal',
		at: AT,
		text: 'What next?',
		options: ['Talk first', 'Lesson first'],
		rule: 'consent'
	},
	...change
});

const said = sayingTo('team');
const vote = (on: Said, choice: Vote['for'], reason = ''): Content => ({
	...{ kind: 'vote', at: AT, on: on.id, for: choice, reason }
});
const decide = (on: Said, choice: number | 'none'): Content => ({
	...{ kind: 'decision', at: AT, on: on.id, for: choice, text: '' }
});
const motionOf = (on: Said, entries: readonly Said[]) => {
	const motion = motions(fold(entries).timeline).get(on.id);
	if (!motion) throw new Error('no motion');
	return motion;
};

describe('votes', () => {
	test('are each person’s last word', () => {
		const on = said(CORA, proposal());
		const all = [
			on,
			said(ESZTER, vote(on, 0)),
			said(DORIN, vote(on, 'abstain')),
			said(ESZTER, vote(on, 1, 'Better.'))
		];
		expect(motionOf(on, all).votes).toMatchObject([
			{ voter: ESZTER, for: 1, reason: 'Better.' },
			{ voter: DORIN, for: 'abstain' }
		]);
	});

	test('count among those who read the proposal, and for what it has', () => {
		const on = said(CORA, proposal());
		const elsewhere = said(ESZTER, vote(on, 0), [], { audience: 'reporter' });
		const [other, wild] = [said(DORIN, vote(said(CORA, proposal()), 0)), said(FRIEDA, vote(on, 5))];
		expect(motionOf(on, [on, elsewhere, other, wild]).votes).toEqual([]);
	});

	test.for([
		['consent', [0, 0, 'abstain'], 0],
		['consent', [0, 0, 1], null],
		['consent', [0, 0, 'none'], null],
		['consent', ['abstain'], null],
		['consent', [], null],
		['majority', [0, 1, 1], 1],
		['majority', [0, 1], null],
		['majority', [0, 0, 'none', 'none'], null],
		['majority', [0, 'abstain', 'abstain'], 0],
		['majority', [], null]
	] as const)('by %s, %j carries %j', ([rule, choices, carried]) => {
		const on = said(CORA, proposal({ rule }));
		const all = choices.map((choice, at) => said(PEOPLE[at] ?? CORA, vote(on, choice, 'Because.')));
		expect(count(motionOf(on, [on, ...all])).carried).toBe(carried);
	});
});

describe('a decision', () => {
	test('is a person’s word; a later one that knew of it takes its place, one that did not contradicts it', () => {
		const on = said(CORA, proposal());
		const first = said(CORA, decide(on, 0), [on]);
		expect(motionOf(on, [on])).toMatchObject({ decision: null, contrary: [] });
		expect(motionOf(on, [on, first])).toMatchObject({ decision: { for: 0, author: CORA }, contrary: [] });
		const revised = said(ESZTER, decide(on, 'none'), [first]);
		expect(motionOf(on, [on, first, revised])).toMatchObject({ decision: { for: 'none' }, contrary: [] });
		const blind = said(DORIN, decide(on, 1), [on]);
		expect(motionOf(on, [on, first, blind])).toMatchObject({ decision: { for: 1 }, contrary: [0, 1] });
		const settled = said(FRIEDA, decide(on, 0), [first, blind]);
		expect(motionOf(on, [on, first, blind, settled])).toMatchObject({ decision: { for: 0 }, contrary: [] });
	});

	test('keeps the votes that led to it, and no cycle takes it back', () => {
		const on = said(CORA, proposal());
		const against = said(ESZTER, vote(on, 'none', 'Because.'), [on]);
		const decided = said(CORA, decide(on, 0), [against]);
		const after = said(ESZTER, vote(on, 0), [decided]);
		expect(motionOf(on, [on, against, decided, after]).votes).toMatchObject([{ voter: ESZTER, for: 'none' }]);
		const meanwhile = said(DORIN, vote(on, 1), [on]);
		expect(motionOf(on, [on, against, decided, meanwhile]).votes).toHaveLength(2);
		const self = said(DORIN, decide(on, 1), [decided]);
		const round = { ...self, header: self.header && { ...self.header, after: [decided.id, self.id] } };
		expect(motionOf(on, [on, against, decided, round])).toMatchObject({ decision: { for: 1 }, contrary: [] });
	});

	test('is not made with whoever asked for advice', () => {
		const on = said(CORA, proposal(), [], { audience: 'reporter' });
		expect(motions(fold([on]).timeline).size).toBe(0);
	});

	test('ends the voting, and so does the last day', () => {
		const on = said(CORA, proposal({ until: '2026-11-20' }));
		const open = motionOf(on, [on]);
		expect(['2026-11-19', '2026-11-20', '2026-11-21'].map((day) => isOpen(open, day))).toEqual([
			true,
			true,
			false
		]);
		expect(isOpen(motionOf(on, [on, said(CORA, decide(on, 0))]), '2026-11-19')).toBe(false);
	});
});

test('the same votes and decisions give the same on every device, and nobody counts twice', () => {
	const scene = fc
		.record({
			rule: fc.constantFrom(...RULES),
			acts: fc.array(
				fc.record({
					who: fc.constantFrom(...PEOPLE),
					what: fc.constantFrom('vote', 'vote', 'decision'),
					choice: fc.constantFrom<Vote['for']>(0, 1, 'none', 'abstain'),
					seen: fc.nat(),
					sent: fc.boolean()
				}),
				{ maxLength: 12 }
			)
		})
		.map(({ rule, acts }) => {
			const on = said(CORA, proposal({ rule }));
			const all = [on];
			for (const { who, what, choice, seen, sent } of acts) {
				const content =
					what === 'vote' ? vote(on, choice, 'Because.') : decide(on, choice === 'abstain' ? 'none' : choice);
				const before = all[seen % all.length] ?? on;
				all.push(said(who, content, [before], sent ? {} : { rev: null }));
			}
			return { on, all };
		});
	const shuffled = scene.chain(({ on, all }) =>
		fc.tuple(fc.constant(on), fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))
	);
	fc.assert(
		fc.property(shuffled, ([on, all, some]) => {
			const motion = motionOf(on, some);
			expect(motion).toEqual(motionOf(on, all));
			expect(new Set(motion.votes.map(({ voter }) => voter)).size).toBe(motion.votes.length);
			const { options, against } = count(motion);
			const abstained = motion.votes.filter((one) => one.for === 'abstain').length;
			expect(options.reduce((sum, n) => sum + n, against + abstained)).toBe(motion.votes.length);
			if (motion.contrary.length > 0) expect(motion.contrary).toContain(motion.decision?.for);
		}),
		{ numRuns: RUNS }
	);
});
