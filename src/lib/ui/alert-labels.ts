import type { Setting, Theme, Type, Urgency } from '$lib/domain/lists';
import * as m from '$lib/i18n/generated/messages';

type Label = () => string;

export const THEME: Record<Theme, Label> = {
	radicalisation: m.theme_radicalisation,
	polarisation: m.theme_polarisation,
	hate: m.theme_hate
};

export const TYPE: Record<Type, Label> = {
	worrying_change: m.type_worrying_change,
	propaganda: m.type_propaganda,
	hate_speech: m.type_hate_speech,
	everyday_intolerance: m.type_everyday_intolerance,
	threat: m.type_threat,
	harassment: m.type_harassment,
	violence: m.type_violence,
	family_violence: m.type_family_violence,
	property_damage: m.type_property_damage,
	recruitment: m.type_recruitment,
	glorification: m.type_glorification,
	conspiracy: m.type_conspiracy,
	anti_democratic: m.type_anti_democratic,
	leaving_to_join: m.type_leaving_to_join,
	group_conflict: m.type_group_conflict,
	intent: m.type_intent,
	return: m.type_return,
	exit: m.type_exit,
	disinformation: m.type_disinformation,
	question: m.type_question,
	other: m.type_other
};

export const SETTING: Record<Setting, Label> = {
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

export const URGENCY: Record<Urgency, Label> = {
	calm: m.urgency_calm,
	soon: m.urgency_soon,
	urgent: m.urgency_urgent,
	danger: m.urgency_danger
};

/** A type as routing data says it: a newer server may know more of them than this app. */
export const typeLabel = (type: string): string => (type in TYPE ? TYPE[type as Type]() : m.type_other());
