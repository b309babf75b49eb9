import { EXPERTISE, type ExpertiseName, type Strand } from '$lib/domain/expertise';
import type { TeamForm } from '$lib/domain/form';
import { offered } from '$lib/domain/offered';
import * as m from '$lib/i18n/generated/messages';
import { answerLabel } from '$lib/ui/answers';
import { STRAND } from '$lib/ui/strand-labels';

/** What each list is called. */
export const LIST: Record<ExpertiseName, () => string> = {
	theme: m.expertise_themes,
	type: m.expertise_types,
	setting: m.expertise_settings,
	strand: m.expertise_strands
};
export const LIST_NAMES = Object.keys(LIST) as ExpertiseName[];

/** What a team offers of a list; what was `chosen` stays among it. Nobody knows 'something else' well. */
export function choicesOf(
	form: TeamForm | undefined,
	list: ExpertiseName,
	chosen: readonly string[]
): string[] {
	const all: readonly string[] = list === 'strand' ? EXPERTISE.strand : offered(form, list, chosen);
	return all.filter((key) => key !== 'other');
}

/** A key in words. */
export function wordOf(form: TeamForm | undefined, list: ExpertiseName, key: string): string {
	if (list !== 'strand') return answerLabel(form, list, key);
	return Object.hasOwn(STRAND, key) ? STRAND[key as Strand]() : m.type_other();
}
