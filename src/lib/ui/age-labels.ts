import type { Age } from '$lib/domain/lists';
import * as m from '$lib/i18n/generated/messages';

export const AGE: Record<Age, () => string> = {
	under_10: m.age_under_10,
	from_10: m.age_from_10,
	from_14: m.age_from_14,
	from_18: m.age_from_18,
	over_25: m.age_over_25,
	mixed: m.age_mixed,
	unknown: m.age_unknown
};
