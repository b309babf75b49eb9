/**
 * Who is on call by what a team has set. pb_hooks/lib/rota.js says the same on the server:
 * tests/rota.ts has what both have to answer.
 */
import type { Id } from './id';
import { USUAL, type TeamLadder } from './ladder';
import type { Role } from './lists';
import type { Hours } from './notice';

/** What the clock on the wall says somewhere: minutes since midnight, the weekday (1 is Monday), the day. */
type Wall = { day: string; weekday: number; minute: number };

/**
 * In the order of the shifts, each once. Whoever is away that day by the team's clock, or no more there, is passed over for
 * the deputy; where that one is not there either, the shift has nobody.
 */
export function onDuty(
	ladder: Pick<TeamLadder, 'zone' | 'shifts' | 'away'>,
	now: number,
	isThere: (person: Id) => boolean = () => true
): Id[] {
	const wall = wallAt(ladder.zone, now);
	const can = (person: Id): boolean =>
		isThere(person) &&
		!ladder.away.some((one) => one.person === person && one.from <= wall.day && wall.day <= one.to);
	const people = ladder.shifts
		.filter(({ days, hours }) => isWithin(hours, wall, days))
		.flatMap(({ person, deputy }) => [person, ...(deputy ? [deputy] : [])].find(can) ?? []);
	return [...new Set(people)];
}

/**
 * The next moment (ms) at which others are on call than now, and there is somebody; null where none comes within four weeks.
 */
export function nextOnDuty(
	ladder: Pick<TeamLadder, 'zone' | 'shifts' | 'away'>,
	now: number,
	isThere: (person: Id) => boolean = () => true
): { people: Id[]; at: number } | null {
	const among = (at: number): Id[] => onDuty(ladder, at, isThere);
	let before = { at: now, said: among(now).join() };
	for (const at of turns(ladder, now)) {
		const people = among(at);
		const said = people.join();
		if (said !== before.said && people.length > 0) {
			// Where the clocks change a shift may have begun a little before.
			let [low, high] = [before.at, at];
			while (high - low > MINUTE) {
				const middle = floor((low + high) / 2);
				if (middle <= low) break;
				if (among(middle).join() === said) high = middle;
				else low = middle;
			}
			return { people, at: high };
		}
		before = { at, said };
	}
	return null;
}

/** In a team's quiet hours what is urgent waits; what is dangerous never does. */
export const isQuiet = ({ zone, quiet }: Pick<TeamLadder, 'zone' | 'quiet'>, now: number): boolean =>
	quiet !== null && quiet.from !== quiet.to && isWithin(quiet, wallAt(zone, now));

/** The contact points among those who are there: by name, or, where nobody named is there, the police contacts and the coordinators. */
export function pointsAmong<P extends { user: Id; role: Role }>(
	people: readonly P[],
	points: readonly string[]
): P[] {
	const named = people.filter(({ user }) => points.includes(user));
	return named.length > 0 ? named : people.filter(({ role }) => role === 'police' || role === 'coordinator');
}

const MINUTE = 60_000;
const DAY = 86_400_000;
const HORIZON = 28;

const floor = (at: number): number => Math.floor(at / MINUTE) * MINUTE;

const minuteOf = (hour: string): number => Number(hour.slice(0, 2)) * 60 + Number(hour.slice(3));

/** `days`: on which it begins; absent: every day. From a time to the same one is a whole day. */
function isWithin({ from, to }: Hours, { weekday, minute }: Wall, days?: readonly number[]): boolean {
	const [start, end] = [minuteOf(from), minuteOf(to)];
	const on = (day: number): boolean => days === undefined || days.includes(day);
	if (start < end) return on(weekday) && start <= minute && minute < end;
	return (on(weekday) && minute >= start) || (on(weekday === 1 ? 7 : weekday - 1) && minute < end);
}

/** When anything may change after `now`, in order: whenever a shift begins or ends, and at midnight, when somebody goes away. */
function* turns({ zone, shifts }: Pick<TeamLadder, 'zone' | 'shifts'>, now: number): Generator<number> {
	const hours = shifts.flatMap(({ hours: { from, to } }) => [from, to]);
	const minutes = [...new Set([0, ...hours.map(minuteOf)])];
	const today = Date.parse(`${wallAt(zone, now).day}T00:00:00Z`);
	for (let day = 0; day <= HORIZON; day++) {
		const walls = minutes.map((minute) => today + day * DAY + minute * MINUTE);
		// Where the clocks go back a time comes twice; where they go forward one never does.
		const moments = walls.flatMap((wall) => [
			wall - offset(zone, wall - DAY),
			wall - offset(zone, wall + DAY)
		]);
		yield* [...new Set(moments)].filter((at) => at > now).sort((a, b) => a - b);
	}
}

/** By how many ms the clock on the wall is ahead of UTC. */
function offset(zone: string, at: number): number {
	const { day, minute } = wallAt(zone, at);
	return Date.parse(`${day}T00:00:00Z`) + minute * MINUTE - floor(at);
}

function wallAt(zone: string, now: number): Wall {
	const parts = Object.fromEntries(
		clockOf(zone)
			.formatToParts(now)
			.map(({ type, value }) => [type, value])
	);
	const day = `${parts.year}-${parts.month}-${parts.day}`;
	const weekday = new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
	return { day, weekday, minute: Number(parts.hour) * 60 + Number(parts.minute) };
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** A name that this device does not know is taken for the usual one. */
function clockOf(zone: string): Intl.DateTimeFormat {
	const known = clocks.get(zone);
	if (known) return known;
	const make = (timeZone: string): Intl.DateTimeFormat =>
		new Intl.DateTimeFormat('en-GB', {
			...{ timeZone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit' },
			...{ hour: '2-digit', minute: '2-digit' }
		});
	let made;
	try {
		made = make(zone);
	} catch {
		made = make(USUAL.zone);
	}
	clocks.set(zone, made);
	return made;
}
