/**
 * The words of an e-mail. Of what has happened they say what a push says of it, by the same words, in the language of whoever
 * reads them, and lead to Heed: nothing of a case, a team or a person, not how many, and no link by which somebody could be
 * followed. A mailbox is read by others, too. The one code that a letter carries
 * is that of `confirm`, which is there to be sent back.
 */
import { CHOSEN, NOTICES, PRESSING, type Letter, type NoticeKind, type Nudge } from '../lib/domain/notice';
import * as m from '../lib/i18n/generated/messages';

export type Written = { subject: string; text: string };
type Said = (inputs: Record<string, never>, options: { locale: Letter['locale'] }) => string;

/** What a letter says. `address` is the app's, without a slash at the end. */
export function write(letter: Letter, nudge: Nudge, address: string): Written {
	const say = (word: Said): string => word({}, { locale: letter.locale });
	const told = NOTICES.filter((kind) => letter.counts[kind] !== undefined);
	const [first = nudge.kind] = told;
	const kinds = told.length > 0 ? told : [first];
	const is = (some: readonly NoticeKind[]) => kinds.some((kind) => some.includes(kind));

	if (first === 'confirm') {
		const asks = `${say(m.letter_confirm)}\n${address}/confirm#${nudge.token}`;
		return {
			subject: say(SUBJECTS.confirm),
			text: page([say(m.letter_hello), asks, say(m.letter_not_asked)])
		};
	}

	const settings = `${address}/settings/notices`;
	return {
		subject: say(SUBJECTS[first]),
		text: page([
			say(m.letter_hello),
			kinds.map((kind) => say(WORDS[kind])).join('\n'),
			is(PRESSING) ? say(m.letter_answer_for) : '',
			is(PRESSING) || is(CHOSEN) ? `${say(m.letter_open)}\n${address}/` : '',
			`${say(is(['red']) ? m.letter_mend : m.letter_choose)}\n${settings}`,
			say(m.letter_no_reply)
		])
	};
}

const page = (paragraphs: readonly string[]): string => `${paragraphs.filter(Boolean).join('\n\n')}\n`;

/** Of what can wait, no subject says more than that there is something. */
const SUBJECTS: Record<NoticeKind, Said> = {
	danger: m.push_danger,
	urgent: m.push_urgent,
	call: m.push_call,
	above: m.push_above,
	police: m.letter_subject_news,
	alert: m.letter_subject_news,
	message: m.letter_subject_news,
	seen: m.letter_subject_news,
	answer: m.letter_subject_news,
	test: m.letter_subject_test,
	red: m.letter_subject_red,
	confirm: m.letter_subject_confirm
};

const WORDS: Record<NoticeKind, Said> = {
	danger: m.push_danger,
	urgent: m.push_urgent,
	call: m.push_call,
	above: m.push_above,
	police: m.push_police,
	alert: m.push_alert,
	message: m.push_message,
	seen: m.push_seen,
	answer: m.push_answer,
	test: m.letter_test,
	red: m.letter_red,
	confirm: m.letter_confirm
};
