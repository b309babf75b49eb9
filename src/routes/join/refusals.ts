import type { JoinError } from '$lib/app';
import * as m from '$lib/i18n/generated/messages';

export const REFUSAL: Record<JoinError['kind'] | 'unreadable', () => string> = {
	unreadable: m.join_unreadable,
	unreachable: m.join_unreachable,
	not_founded: m.not_founded,
	other_team: m.join_other_team,
	taken: m.join_taken,
	wrong: m.join_wrong
};
