/** What of an alert can go along when it is referred, and how it is said. */
import type { Extracted } from '$lib/app';
import type { Alert } from '$lib/domain/alert';
import type { TeamForm } from '$lib/domain/form';
import type { ListName } from '$lib/domain/lists';
import * as m from '$lib/i18n/generated/messages';
import { answerLabel } from '$lib/ui/answers';
import { listed } from '$lib/ui/listed';

/** What is chosen piece by piece. All else of `Extracted` goes along in any case, but for the story. */
export type Piece = keyof typeof NAMES;
const NAMES = {
	when: m.when,
	source: m.fact_source,
	age: m.fact_age,
	harmed: m.fact_harmed,
	motives: m.fact_motives,
	known: m.fact_known,
	certainty: m.fact_certainty,
	needs: m.fact_needs,
	strengths: m.fact_strengths,
	done: m.fact_done
} satisfies Partial<Record<keyof Extracted, () => string>>;

const LIST: Partial<Record<Piece, ListName>> = {
	source: 'source',
	age: 'age',
	harmed: 'age',
	motives: 'motive',
	known: 'known',
	certainty: 'certainty',
	needs: 'need'
};

/** Whoever asked for advice wrote these themselves: they go along only where somebody wants them to. */
const WRITTEN: readonly Piece[] = ['when', 'strengths', 'done'];

/** What this alert has said, in words; `isAsked` where it goes along unless somebody leaves it out. */
export function piecesOf(
	alert: Alert,
	form: TeamForm | undefined
): { piece: Piece; name: string; value: string; isAsked: boolean }[] {
	return (Object.keys(NAMES) as Piece[]).flatMap((piece) => {
		const list = LIST[piece];
		const said = [alert[piece] ?? []].flat();
		const value = listed(said.map((key) => (list ? answerLabel(form, list, key) : key)));
		return value ? [{ piece, name: NAMES[piece](), value, isAsked: !WRITTEN.includes(piece) }] : [];
	});
}

/** The extract: what always goes along, the chosen pieces, and the story as it was written anew. */
export function extractOf(alert: Alert, chosen: readonly Piece[], story: string): Extracted {
	const { theme, type, urgency, setting, place, area } = alert;
	const pieces = (Object.keys(NAMES) as Piece[]).filter((piece) => chosen.includes(piece) && alert[piece]);
	return {
		...{ theme, type, urgency, place, story, when: '' },
		...(setting && { setting }),
		...(area && { area }),
		...(Object.fromEntries(pieces.map((piece) => [piece, alert[piece]])) as Pick<Extracted, Piece>)
	};
}
