import type { Setting } from '$lib/domain/lists';
import * as m from '$lib/i18n/generated/messages';

export const SETTING: Record<Setting, () => string> = {
	classroom: m.setting_classroom,
	school_grounds: m.setting_school_grounds,
	university: m.setting_university,
	youth_club: m.setting_youth_club,
	sport: m.setting_sport,
	street: m.setting_street,
	online_open: m.setting_online_open,
	online_closed: m.setting_online_closed,
	mass_media: m.setting_mass_media,
	family: m.setting_family,
	workplace: m.setting_workplace,
	worship: m.setting_worship,
	residential_care: m.setting_residential_care,
	health: m.setting_health,
	refugee_housing: m.setting_refugee_housing,
	housing: m.setting_housing,
	prison: m.setting_prison,
	event: m.setting_event,
	other: m.setting_other
};
