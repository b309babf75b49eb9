import type { Need } from '$lib/domain/lists';
import * as m from '$lib/i18n/generated/messages';

export const NEED: Record<Need, () => string> = {
	advice: m.need_advice,
	colleague: m.need_colleague,
	meeting: m.need_meeting,
	police: m.need_police,
	victim_support: m.need_victim_support,
	legal: m.need_legal,
	own_safety: m.need_own_safety
};
