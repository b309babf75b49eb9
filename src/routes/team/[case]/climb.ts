import type { Told } from '$lib/domain/climb';
import type { Rung } from '$lib/domain/ladder';
import * as m from '$lib/i18n/generated/messages';
import type { Line } from '$lib/ui/rungs';

const DONE: Record<Rung, () => string> = {
	duty: m.rung_duty,
	points: m.rung_points,
	lead: m.rung_lead,
	above: m.rung_above,
	again: m.rung_again
};
const EMPTY: Record<Rung, () => string> = {
	duty: m.rung_no_duty,
	points: m.rung_no_points,
	lead: m.rung_no_lead,
	above: m.rung_no_above,
	again: m.rung_no_again
};
const NEXT: Record<Rung, () => string> = {
	duty: m.rung_next_duty,
	points: m.rung_next_points,
	lead: m.rung_next_lead,
	above: m.rung_next_above,
	again: m.rung_next_again
};

const MISSED: Record<Rung, () => string> = {
	duty: m.rung_missed_duty,
	points: m.rung_missed_points,
	lead: m.rung_missed_lead,
	above: m.rung_missed_above,
	again: m.rung_no_again
};

/** What the team reads of it. `name` has it, '' where that name is not here. */
export function climbLines(told: readonly Told[], name: string): Line[] {
	return told.map((one): Line => {
		switch (one.is) {
			case 'told':
				return { time: one.at, text: DONE[one.rung](), is: 'done' };
			case 'nobody':
				return { time: one.at, text: EMPTY[one.rung](), is: 'done' };
			case 'missed': {
				const text = one.all ? MISSED[one.rung]() : m.rung_missed({ count: one.count });
				return { time: one.at, text, is: 'done' };
			}
			case 'next':
				return { time: one.at, text: NEXT[one.rung](), is: 'next' };
			case 'late':
				return { time: one.at || null, text: m.rung_late(), is: 'next' };
			case 'had':
				return { time: one.at, text: m.rung_had({ name: name || m.somebody() }), is: 'had' };
			case 'over':
				return { time: one.at, text: m.rung_over(), is: 'had' };
			case 'end':
				return { time: null, text: m.rung_end(), is: 'next' };
			case 'alone':
				return { time: null, text: m.rung_alone(), is: 'next' };
		}
	});
}
