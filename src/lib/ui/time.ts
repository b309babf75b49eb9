/** Times as people say them. Pure: the clock and the language are given; all times in ms, in the local zone. */

const DAY = 86_400_000;

/** 'today, 10:42', 'Tuesday, 09:10', '3 March, 09:10', '3 March 2025'. */
export function said(time: number, now: number, locale: string): string {
	const days = daysBetween(time, now);
	if (days < -1) return exact(time, locale);
	if (days <= 1) return `${relativeDay(-days, locale)}, ${clock(time, locale)}`;
	if (days < 7) return format(time, locale, { weekday: 'long', hour: '2-digit', minute: '2-digit' });
	if (days < 300) {
		return format(time, locale, { day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit' });
	}
	return format(time, locale, { dateStyle: 'long' });
}

/** How old something is, for a narrow column: 'now', '3 h', '2 days'. */
export function age(time: number, now: number, locale: string): string {
	const minutes = Math.max(0, Math.floor((now - time) / 60_000));
	if (minutes === 0) return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(0, 'second');
	const [value, unit] =
		minutes < 60
			? ([minutes, 'minute'] as const)
			: minutes < 1440
				? ([Math.floor(minutes / 60), 'hour'] as const)
				: ([Math.floor(minutes / 1440), 'day'] as const);
	return kept(
		`${locale}|${unit}`,
		() => new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' })
	)(value);
}

/** Everything, for whoever wants to know exactly. */
export const exact = (time: number, locale: string): string =>
	format(time, locale, { dateStyle: 'full', timeStyle: 'short' });

/** How long something takes, to the second: '20 seconds', '2 minutes 5 seconds'. */
export function duration(ms: number, locale: string): string {
	const seconds = Math.ceil(ms / 1000);
	const count = (value: number, unit: 'minute' | 'second'): string =>
		new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(value);
	const minutes = Math.floor(seconds / 60);
	return [minutes && count(minutes, 'minute'), seconds % 60 && count(seconds % 60, 'second')]
		.filter(Boolean)
		.join(' ');
}

/** '3 March 2027': a day that is agreed on. */
export const day = (time: number, locale: string): string => format(time, locale, { dateStyle: 'long' });

/** The same of one that was written as 'YYYY-MM-DD'. */
export const dayNamed = (written: string, locale: string): string =>
	day(Date.parse(`${written}T12:00:00`), locale);

export const clock = (time: number, locale: string): string =>
	format(time, locale, { hour: '2-digit', minute: '2-digit' });

/** Which greeting fits the hour. */
export function greeting(time: number): 'morning' | 'day' | 'evening' {
	const hour = new Date(time).getHours();
	if (hour >= 4 && hour < 11) return 'morning';
	return hour >= 11 && hour < 18 ? 'day' : 'evening';
}

/** Making one takes longer than using it fifty times, and a list asks for two a line. */
const formats = new Map<string, { format: (value: number) => string }>();

function kept(name: string, make: () => { format: (value: number) => string }): (value: number) => string {
	const known = formats.get(name) ?? make();
	formats.set(name, known);
	return known.format;
}

/** Who travels has another zone from then on. */
const format = (time: number, locale: string, options: Intl.DateTimeFormatOptions): string =>
	kept(
		`${locale}|${new Date(time).getTimezoneOffset()}|${Object.entries(options).join()}`,
		() => new Intl.DateTimeFormat(region(locale), { hourCycle: 'h23', ...options })
	)(time);

/** Plain 'en' would give 'October 3', '10:42 AM' and 'a, b, and c'; this is written for Europe. */
export const region = (locale: string): string => (locale === 'en' ? 'en-GB' : locale);

const relativeDay = (days: number, locale: string): string =>
	new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(days, 'day');

const daysBetween = (time: number, now: number): number => Math.round((midnight(now) - midnight(time)) / DAY);

const midnight = (time: number): number => new Date(time).setHours(0, 0, 0, 0);
