import type { Way } from '$lib/app';
import type { Station } from '$lib/domain/journey';
import type { Phase } from '$lib/domain/lists';
import * as m from '$lib/i18n/generated/messages';
import { locale } from './locale.svelte';
import { REASON } from './reasons';

export const STATION: Record<Station, () => string> = {
	phone: m.station_phone,
	sending: m.station_sending,
	received: m.station_received,
	seen: m.station_seen,
	answered: m.station_answered
};

/** One sentence: what is happening now, and what comes next. */
export function journeySentence(journey: Way, phase: Phase, owner: string | null): string {
	if (journey.waiting) return REASON[journey.waiting]();
	if (journey.station === 'phone') return m.j_phone();
	if (journey.station === 'sending') return m.j_sending({ percent: percent(journey.progress) });
	if (phase === 'closed' || phase === 'evaluated') return m.j_closed();
	if (journey.station === 'answered') return owner ? m.j_answered_owner({ name: owner }) : m.j_answered();
	if (owner) return m.j_owner({ name: owner });
	// Where it was sent on, nobody here has it.
	if (journey.had !== null && phase !== 'redirected') return m.j_had();
	return journey.station === 'seen' ? m.j_seen() : m.j_received();
}

/** 0 to 1, in the person's language. */
export const percent = (part: number): string =>
	new Intl.NumberFormat(locale(), { style: 'percent' }).format(part);
