/** What a team has set about being on call, in words. */
import { TeamLadder, type Rung } from '$lib/domain/ladder';
import type { Light } from '$lib/domain/notice';
import * as m from '$lib/i18n/generated/messages';
import { region } from '$lib/ui/time';

export const LIGHT: Record<Light, () => string> = {
	green: m.light_green,
	red: m.light_red,
	waiting: m.light_waiting,
	none: m.light_none
};

/** How long it is until a rung is told, in minutes from the alert on. */
export function after(
	rung: Exclude<Rung, 'again'>,
	[first, second, third]: TeamLadder['minutes']['danger']
): number {
	if (rung === 'duty') return 0;
	if (rung === 'points') return first;
	return first + second + (rung === 'above' ? third : 0);
}

/** '5 min', '2 hrs': as the language shortens it, so that it stands in any case of a sentence. Hungarian needs no case here. */
export function span(minutes: number, locale: string): string {
	const [value, unit] = minutes % 60 === 0 ? [minutes / 60, 'hour'] : [minutes, 'minute'];
	const unitDisplay = locale === 'hu' ? 'long' : 'short';
	return new Intl.NumberFormat(region(locale), { style: 'unit', unit, unitDisplay }).format(value);
}

/** 1 is Monday. */
export function weekday(day: number, locale: string, how: 'long' | 'short'): string {
	const format = new Intl.DateTimeFormat(region(locale), { weekday: how, timeZone: 'UTC' });
	// A Monday.
	return format.format(Date.UTC(2024, 0, day));
}

/** 'Mon–Fri', 'Sat, Sun', 'Mon–Wed, Fri'. */
export function days(all: readonly number[], locale: string): string {
	const sorted = [...all].sort((a, b) => a - b);
	const runs: [number, number][] = [];
	for (const day of sorted) {
		const last = runs.at(-1);
		if (last?.[1] === day - 1) last[1] = day;
		else runs.push([day, day]);
	}
	const name = (day: number): string => weekday(day, locale, 'short');
	return runs
		.map(([from, to]) => {
			if (from === to) return name(from);
			return to === from + 1 ? `${name(from)}, ${name(to)}` : `${name(from)}–${name(to)}`;
		})
		.join(', ');
}

/** The zone as people of a language call it, with its town: several have the same name. */
export function zoneName(zone: string, locale: string): string {
	const town = zone.split('/').at(-1)?.replaceAll('_', ' ') ?? zone;
	try {
		const parts = new Intl.DateTimeFormat(region(locale), {
			timeZone: zone,
			timeZoneName: 'longGeneric'
		}).formatToParts(Date.UTC(2024, 0, 1));
		const name = parts.find(({ type }) => type === 'timeZoneName')?.value;
		return name ? `${name} (${town})` : town;
	} catch {
		return town;
	}
}

/** What is not whole yet, by where it stands. */
export type Wrong = {
	shifts: Record<number, 'person' | 'days' | 'hours'>;
	away: Record<number, 'person' | 'days'>;
	quiet: boolean;
};

/** `there`: who may be on call. */
export function wrong({ shifts, away, quiet }: Typed, there: readonly string[]): Wrong {
	const found: Wrong = { shifts: {}, away: {}, quiet: quiet !== null && (!quiet.from || !quiet.to) };
	for (const [at, { person, days: on, hours }] of shifts.entries()) {
		if (!there.includes(person)) found.shifts[at] = 'person';
		else if (on.length === 0) found.shifts[at] = 'days';
		else if (!hours.from || !hours.to) found.shifts[at] = 'hours';
	}
	for (const [at, { person, from, to }] of away.entries()) {
		if (!there.includes(person)) found.away[at] = 'person';
		else if (!from || !to || to < from) found.away[at] = 'days';
	}
	return found;
}

/** While it is being typed, people, days and hours may be missing. */
export type Typed = Omit<TeamLadder, 'shifts' | 'away'> & {
	shifts: { person: string; deputy: string; days: number[]; hours: { from: string; to: string } }[];
	away: { person: string; from: string; to: string }[];
};

/** As somebody finds it who opens it: without those who have left, but where a shift would have nobody. */
export const among = (ladder: TeamLadder, there: readonly string[]): Typed => ({
	...structuredClone(ladder),
	shifts: ladder.shifts.map((shift) => ({
		...structuredClone(shift),
		deputy: there.includes(shift.deputy) ? shift.deputy : ''
	})),
	away: ladder.away.filter(({ person }) => there.includes(person)).map((one) => ({ ...one })),
	points: ladder.points.filter((one) => there.includes(one))
});

/** Null as long as something is missing. A browser may give hours with seconds. */
export function complete(typed: Typed): TeamLadder | null {
	const hours = ({ from, to }: { from: string; to: string }) => ({
		from: from.slice(0, 5),
		to: to.slice(0, 5)
	});
	return (
		TeamLadder.safeParse({
			...typed,
			quiet: typed.quiet && hours(typed.quiet),
			shifts: typed.shifts.map((shift) => ({ ...shift, hours: hours(shift.hours) }))
		}).data ?? null
	);
}
