import type { Phase } from '$lib/domain/lists';
import * as m from '$lib/i18n/generated/messages';

export const PHASE: Record<Phase, () => string> = {
	received: m.phase_received,
	intake: m.phase_intake,
	assessed: m.phase_assessed,
	planned: m.phase_planned,
	follow_up: m.phase_follow_up,
	long_term: m.phase_long_term,
	paused: m.phase_paused,
	reviewed: m.phase_reviewed,
	redirected: m.phase_redirected,
	closed: m.phase_closed,
	evaluated: m.phase_evaluated
};
