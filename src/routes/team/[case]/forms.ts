/** What a team adds to a case by a form: its questions, and the entry that the answers make. */
import type { AudienceLine, Room, Statement } from '$lib/app';
import {
	ADVICE_MAX,
	ASSESSED,
	HELPED,
	PROSE_MAX,
	TASK_MAX,
	WITH_MAX,
	type Assessed,
	type Assessment
} from '$lib/domain/casework';
import { MESSAGE_MAX, OPTION_MAX, OPTIONS_MAX, RULES } from '$lib/domain/content';
import { isOf } from '$lib/domain/fold';
import * as m from '$lib/i18n/generated/messages';
import { ASSESS, HELPS } from '$lib/ui/casework-labels';

export type Choice = { value: string; label: string };
/** `name` is 'text' for the first words of a form. */
export type Question = { name: string; label: () => string; hint?: () => string; optional?: boolean } & (
	| { as: 'prose'; max: number; rows?: number }
	| { as: 'line'; max: number }
	| { as: 'day'; from?: 'today'; upTo?: 'today' }
	| { as: 'rows' | 'list'; choices: (room: Room, me: string, line: AudienceLine | undefined) => Choice[] }
);
export type Answers = Readonly<Record<string, string>>;
export type Form = {
	kind: Statement['kind'];
	title: () => string;
	hint: () => string;
	/** Not with whoever asked: it is the team's own. */
	among: 'all' | 'team';
	questions: (room: Room) => Question[];
	/** What is wrong with an answer beside that it is missing, by the name of its question. */
	wrong?: (answers: Answers) => Record<string, string>;
	make: (answers: Answers) => Statement;
};

const people = (room: Room, line: AudienceLine | undefined): Choice[] =>
	(line?.persons ?? []).flatMap((id) =>
		room.people[id] && id !== room.folded.reporter ? [{ value: id, label: room.people[id] }] : []
	);

const advice: Form = {
	...{ kind: 'advice', title: m.kind_advice, hint: m.kind_advice_hint, among: 'all' },
	questions: () => [{ name: 'text', as: 'prose', label: m.advise_text, max: ADVICE_MAX, rows: 7 }],
	make: ({ text = '', practice }) => ({ kind: 'advice', text, ...(practice && { practice }) })
};

const assessment: Form = {
	...{ kind: 'assessment', title: m.kind_assessment, hint: m.kind_assessment_hint, among: 'team' },
	questions: ({ folded }) => {
		const before = folded.timeline.filter(isOf('assessment')).at(-1)?.content;
		return ASSESSED.filter((name) => name !== 'changes' || before).map((name) => {
			const then = before?.[name] ?? '';
			return {
				...{ name, as: 'prose', label: ASSESS[name], max: PROSE_MAX, rows: 3, optional: true },
				...(then !== '' && name !== 'changes' && { hint: () => m.assess_before({ text: then }) })
			};
		});
	},
	wrong: (answers): Record<string, string> =>
		ASSESSED.some((name) => answers[name]) ? {} : { concerns: m.assess_missing() },
	make: (answers) => ({ kind: 'assessment', ...assessed(answers) })
};

const assessed = (answers: Answers): Pick<Assessment, Assessed> => ({
	...{ concerns: answers.concerns ?? '', needs: answers.needs ?? '', strengths: answers.strengths ?? '' },
	...{ changes: answers.changes ?? '', plan: answers.plan ?? '' }
});

const task: Form = {
	...{ kind: 'task', title: m.kind_task, hint: m.kind_task_hint, among: 'team' },
	questions: () => [
		{ name: 'text', as: 'prose', label: m.task_text, max: TASK_MAX, rows: 2 },
		{
			...{ name: 'to', as: 'list', label: m.task_to, optional: true },
			choices: (room, _, line) => [{ value: '', label: m.task_nobody() }, ...people(room, line)]
		},
		{ name: 'due', as: 'day', label: m.task_due, optional: true, from: 'today' }
	],
	make: ({ text = '', to, due }) => ({ kind: 'task', text, ...(to && { to }), ...(due && { due }) })
};

/** The ways to choose from, as they were written: one on each line. */
const ways = (written: string): string[] =>
	written
		.split('\n')
		.map((one) => one.trim())
		.filter((one) => one !== '');

const proposal: Form = {
	...{ kind: 'proposal', title: m.proposal, hint: m.kind_proposal_hint, among: 'team' },
	questions: () => [
		{ name: 'text', as: 'prose', label: m.propose_what, max: MESSAGE_MAX, rows: 3 },
		{
			...{ name: 'options', as: 'prose', label: m.propose_options, hint: m.propose_options_hint },
			...{ max: OPTIONS_MAX * (OPTION_MAX + 20), rows: 3 }
		},
		{
			...{ name: 'rule', as: 'rows', label: m.propose_rule },
			choices: () => [
				{ value: 'consent', label: m.rule_consent() },
				{ value: 'majority', label: m.rule_majority() }
			]
		},
		{ name: 'until', as: 'day', label: m.propose_until, optional: true, from: 'today' }
	],
	wrong: ({ options = '' }): Record<string, string> => {
		const all = ways(options);
		const isLong = all.some((one) => Array.from(one).length > OPTION_MAX);
		return all.length > OPTIONS_MAX || isLong ? { options: m.propose_options_missing() } : {};
	},
	make: ({ text = '', options = '', rule, until }) => ({
		...{ kind: 'proposal', text, options: ways(options) },
		rule: RULES.find((one) => one === rule) ?? 'consent',
		...(until && { until })
	})
};

const call: Form = {
	...{ kind: 'call', title: m.kind_call, hint: m.kind_call_hint, among: 'team' },
	questions: () => [
		{ name: 'with', as: 'line', label: m.call_with, max: WITH_MAX },
		{ name: 'on', as: 'day', label: m.call_on, upTo: 'today' },
		{ name: 'text', as: 'prose', label: m.call_text, max: ADVICE_MAX, rows: 5 }
	],
	make: ({ with: whom = '', on = '', text = '' }) => ({ kind: 'call', with: whom, on, text })
};

const evaluation: Form = {
	...{ kind: 'evaluation', title: m.kind_evaluation, hint: m.kind_evaluation_hint, among: 'team' },
	questions: () => [
		{
			...{ name: 'helped', as: 'rows', label: m.eval_helped },
			choices: () => HELPED.map((one) => ({ value: one, label: HELPS[one]() }))
		},
		{ name: 'text', as: 'prose', label: m.eval_changed, max: PROSE_MAX, rows: 4 },
		{ name: 'differently', as: 'prose', label: m.eval_differently, max: PROSE_MAX, rows: 3, optional: true }
	],
	make: ({ helped, text = '', differently = '' }) => ({
		...{ kind: 'evaluation', changed: text, differently },
		helped: HELPED.find((one) => one === helped) ?? 'partly'
	})
};

export const FORMS: readonly Form[] = [advice, assessment, task, proposal, call, evaluation];

/** Under which name the words of a form are kept while they are not said. */
export const keptAs = (room: Pick<Room, 'id'>, kind: string): string => `${room.id}|${kind}`;
