/** What a piece is called where it stands in a list. */
import type { TeamForm } from '$lib/domain/form';
import { isOutdated, type Piece } from '$lib/domain/piece';
import * as m from '$lib/i18n/generated/messages';
import { answerLabel } from '$lib/ui/answers';

export function titleOf(piece: Piece, form: TeamForm | undefined): string {
	if (piece.kind === 'practice' || piece.kind === 'before') return piece.words.title;
	if (piece.kind === 'term') return piece.words.term;
	const [, list, key = ''] = piece.of.split('/');
	return answerLabel(form, list === 'type' ? 'type' : 'setting', key);
}

/** All that it says, to be searched. */
export function textOf(piece: Piece): string {
	if (piece.kind === 'practice') return `${piece.words.title} ${piece.words.situation}`;
	if (piece.kind === 'term') return `${piece.words.term} ${piece.words.meaning}`;
	if (piece.kind === 'steps') return piece.words.join(' ');
	return piece.words.title;
}

/** What is to be known of it beside whose it is. `coordinates`: whoever sees it decides about it. */
export const marksOf = (piece: Piece, coordinates: boolean): string[] => [
	...(piece.state === 'hidden' ? [m.library_hidden()] : []),
	...(piece.state === 'removed' ? [m.library_removed()] : []),
	...(coordinates && isOutdated(piece) ? [m.library_newer_short()] : [])
];
