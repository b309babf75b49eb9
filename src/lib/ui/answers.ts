/** What an answer of the alert's form is called: as the team calls it, or else as the app does. */
import type { TeamForm } from '$lib/domain/form';
import type { ListName } from '$lib/domain/lists';
import * as m from '$lib/i18n/generated/messages';
import { THEME, URGENCY } from './alert-labels';
import { SETTING } from './setting-labels';
import { TYPE } from './type-labels';

export function answerLabel(form: TeamForm | undefined, list: ListName, key: string): string {
	const own: Record<string, () => string> =
		list === 'theme'
			? THEME
			: list === 'urgency'
				? URGENCY
				: list === 'type'
					? TYPE
					: list === 'setting'
						? SETTING
						: {};
	return own[key]?.() ?? key;
}
