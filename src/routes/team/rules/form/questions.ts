import type { ListName } from '$lib/domain/lists';
import * as m from '$lib/i18n/generated/messages';

/** What each list answers, in the order of the form. */
export const ASKED: Record<ListName, () => string> = {
	urgency: m.q_urgency,
	theme: m.q_theme,
	type: m.q_type,
	setting: m.q_setting,
	source: m.q_source,
	age: m.q_ages,
	motive: m.q_motives,
	known: m.q_known,
	certainty: m.q_certainty,
	need: m.q_needs
};
export const ASKED_LISTS = Object.keys(ASKED) as ListName[];
/** The first two questions stand in the app's own words: all that becomes of an alert rests on them. */
export const CHANGEABLE = ASKED_LISTS.filter((list) => list !== 'urgency' && list !== 'theme');

export const SIMILAR = { close: m.team_form_close, usual: m.team_form_usual, wide: m.team_form_wide };
export const SIMILAR_HINT = {
	close: m.team_form_close_hint,
	usual: m.team_form_usual_hint,
	wide: m.team_form_wide_hint
};
