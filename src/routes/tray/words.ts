import type { TakeBackError, TrayLine } from '$lib/app';
import type { Content } from '$lib/domain/content';
import * as m from '$lib/i18n/generated/messages';
import { percent } from '$lib/ui/journey';
import { REASON } from '$lib/ui/reasons';

const KINDS: Record<Content['kind'], () => string> = {
	alert: m.tray_alert,
	names: m.names_few,
	message: m.tray_message,
	ask: m.tray_ask,
	seen: m.tray_seen,
	take: m.tray_take,
	assign: m.tray_assign,
	phase: m.tray_phase,
	proposal: m.tray_proposal,
	vote: m.tray_vote,
	decision: m.tray_decision,
	advice: m.kind_advice,
	rating: m.tray_rating,
	assessment: m.kind_assessment,
	task: m.kind_task,
	progress: m.tray_progress,
	call: m.kind_call,
	evaluation: m.kind_evaluation,
	merge: m.tray_merge,
	split: m.tray_split,
	opening: m.tray_opening,
	withdrawal: m.tray_withdrawal,
	referral: m.refer_tray,
	answer: m.refer_tray_answer,
	extract: m.refer_tray_extract
};
/** By an entry's kind; only pictures of an alert have none on this device. */
export const KIND: Partial<Record<string, () => string>> = KINDS;

/** The state in a sentence or two: how far it is, and what it waits for. */
export function sentence({ state, pictures }: TrayLine): string {
	const far = pictures === null ? '' : m.tray_pictures({ percent: percent(pictures) });
	const why = state === '' ? '' : state === 'behind' ? m.tray_behind() : REASON[state]();
	return [far, why].filter(Boolean).join(' ') || m.j_phone();
}

export const NOT_BACK: Record<TakeBackError['kind'], () => string> = {
	locked: m.act_locked,
	gone: m.tray_gone,
	unreadable: m.tray_unreadable,
	no_space: m.tray_no_space
};
