import type { TeamError } from '$lib/app';
import * as m from '$lib/i18n/generated/messages';

/** Why what the server shows of a team is not believed. Whoever reads it needs what to do more than which link broke. */
export function troubleText(trouble: string): string {
	if (trouble === '') return '';
	if (trouble === 'unknown') return m.roll_unknown();
	if (trouble === 'older') return m.roll_older();
	return trouble === 'other_team' ? m.roll_other_team() : m.roll_broken();
}

export const REFUSED: Record<TeamError['kind'], () => string> = {
	locked: m.act_locked,
	unreachable: m.act_unreachable,
	refused: m.act_refused,
	not_trusted: m.act_not_trusted
};
