import type { Told } from '$lib/domain/climb';
import type { Rung } from '$lib/domain/ladder';
import * as m from '$lib/i18n/generated/messages';
import type { Line } from '$lib/ui/rungs';

const DONE: Record<Rung, () => string> = {
	duty: m.rung_duty,
	points: m.rung_points,
	lead: m.rung_lead,
	above: m.rung_above
};
const EMPTY: Record<Rung, () => string> = {
	duty: m.rung_no_duty,
	points: m.rung_no_points,
	lead: m.rung_no_lead,
	above: m.rung_no_above
};
const NEXT: Record<Rung, () => string> = {
	duty: m.rung_next_duty,
	points: m.rung_next_points,
	lead: m.rung_next_lead,
	above: m.rung_next_above
};

/** What the team reads of it. `name` has it, '' where that name is not here, and null where the case was over without anybody. */
export function climbLines(told: readonly Told[], name: string | null): Line[] {
	return told.map((one): Line => {
		switch (one.is) {
			case 'told':
				return { time: one.at, text: DONE[one.rung](), is: 'done' };
			case 'nobody':
				return { time: one.at, text: EMPTY[one.rung](), is: 'done' };
			case 'next':
				return { time: one.at, text: NEXT[one.rung](), is: 'next' };
			case 'late':
				return { time: one.at || null, text: m.rung_late(), is: 'next' };
			case 'had':
				return {
					time: one.at,
					text: name === null ? m.rung_over() : m.rung_had({ name: name || m.somebody() }),
					is: 'had'
				};
			case 'end':
				return { time: null, text: m.rung_end(), is: 'next' };
		}
	});
}
