import * as m from '$lib/i18n/generated/messages';
import { clock, region } from '$lib/ui/time';

const DAY = 86_400_000;
/** ms: it climbs once a minute. */
const GRACE = 120_000;

/** When the next ones are told of what is pressing; `next` null where all have been. What is over, this device has not heard of. In ms. */
export function nextTold(next: number | null, now: number, locale: string): string {
	if (next === null) return m.queue_all_told();
	return next + GRACE < now ? m.queue_told_late() : m.queue_next_told({ time: coming(next, now, locale) });
}

/** '09:10' today, 'Friday, 09:10' within a week, '3 December, 09:10' after it. */
function coming(time: number, now: number, locale: string): string {
	const days = Math.round((midnight(time) - midnight(now)) / DAY);
	if (days === 0) return clock(time, locale);
	return new Intl.DateTimeFormat(region(locale), {
		...(days < 7 ? { weekday: 'long' } : { day: 'numeric', month: 'long' }),
		...{ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }
	}).format(time);
}

const midnight = (time: number): number => new Date(time).setHours(0, 0, 0, 0);
