import type { Told } from '$lib/domain/climb';
import type { Rung } from '$lib/domain/ladder';
import * as m from '$lib/i18n/generated/messages';
import type { Line } from '$lib/ui/rungs';

const DONE: Record<Rung, () => string> = {
	duty: m.told_duty,
	points: m.told_points,
	lead: m.told_lead,
	above: m.told_above,
	again: m.told_again
};
const NEXT: Record<Rung, () => string> = {
	duty: m.tell_duty,
	points: m.tell_points,
	lead: m.tell_lead,
	above: m.tell_above,
	again: m.tell_again
};

/** What has been done about an alert that cannot wait, to whoever wrote it: without names, and without rungs that reached nobody. */
export function toldLines(told: readonly Told[]): Line[] {
	return told.flatMap((one): Line[] => {
		switch (one.is) {
			case 'told':
				return [{ time: one.at, text: DONE[one.rung](), is: 'done' }];
			case 'nobody':
				return one.rung === 'duty' ? [{ time: one.at, text: m.told_nobody(), is: 'done' }] : [];
			case 'missed':
			case 'over':
				return [];
			case 'next':
				return [{ time: one.at, text: NEXT[one.rung](), is: 'next' }];
			case 'late':
				return [{ time: one.at || null, text: m.told_late(), is: 'next' }];
			case 'had':
				return [{ time: one.at, text: m.told_had(), is: 'had' }];
			case 'end':
				return [{ time: null, text: m.told_end(), is: 'next' }];
			case 'alone':
				return [{ time: null, text: m.told_alone(), is: 'next' }];
		}
	});
}
