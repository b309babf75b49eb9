import type { Type } from '$lib/domain/lists';
import * as m from '$lib/i18n/generated/messages';

export const TYPE: Record<Type, () => string> = {
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

/** A type as routing data says it: a newer server may know more of them than this app. */
export const typeLabel = (type: string): string => (type in TYPE ? TYPE[type as Type]() : m.type_other());
