import type { Assessed, Helped } from '$lib/domain/casework';
import * as m from '$lib/i18n/generated/messages';

export const ASSESS: Record<Assessed, () => string> = {
	concerns: m.assess_concerns,
	needs: m.assess_needs,
	strengths: m.assess_strengths,
	changes: m.assess_changes,
	plan: m.assess_plan
};

export const HELPS: Record<Helped, () => string> = {
	yes: m.helped_yes,
	partly: m.helped_partly,
	no: m.helped_no
};
