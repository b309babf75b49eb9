import type { Motive } from '$lib/domain/lists';
import * as m from '$lib/i18n/generated/messages';

export const MOTIVE: Record<Motive, () => string> = {
	racist: m.motive_racist,
	nationality: m.motive_nationality,
	anti_migrant: m.motive_anti_migrant,
	antisemitic: m.motive_antisemitic,
	anti_roma: m.motive_anti_roma,
	anti_muslim: m.motive_anti_muslim,
	anti_christian: m.motive_anti_christian,
	other_religion: m.motive_other_religion,
	gender: m.motive_gender,
	sexual: m.motive_sexual,
	disability: m.motive_disability,
	political: m.motive_political,
	social_status: m.motive_social_status,
	other: m.motive_other,
	none: m.motive_none,
	unknown: m.motive_unknown
};
