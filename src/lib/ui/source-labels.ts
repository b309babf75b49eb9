import type { Source } from '$lib/domain/lists';
import * as m from '$lib/i18n/generated/messages';

export const SOURCE: Record<Source, () => string> = {
	pupil: m.source_pupil,
	group: m.source_group,
	adult: m.source_adult,
	staff: m.source_staff,
	organisation: m.source_organisation,
	online: m.source_online,
	unknown: m.source_unknown
};
