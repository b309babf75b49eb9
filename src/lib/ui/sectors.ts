import { SECTORS } from '$lib/domain/lists';
import * as m from '$lib/i18n/generated/messages';

export const SECTOR: Record<(typeof SECTORS)[number], () => string> = {
	school: m.sector_school,
	youth_work: m.sector_youth_work,
	social_work: m.sector_social_work,
	child_protection: m.sector_child_protection,
	family_support: m.sector_family_support,
	health: m.sector_health,
	police: m.sector_police,
	justice: m.sector_justice,
	municipality: m.sector_municipality,
	government: m.sector_government,
	civil_society: m.sector_civil_society,
	community: m.sector_community,
	housing: m.sector_housing,
	sport: m.sector_sport,
	advice_centre: m.sector_advice_centre,
	employment: m.sector_employment,
	victim_support: m.sector_victim_support,
	exit_work: m.sector_exit_work,
	media: m.sector_media,
	prison: m.sector_prison,
	research: m.sector_research,
	other: m.sector_other
};
