import type { Role } from './lists';

/** Minutes until the device locks, as a team sets them. */
export type IdleMinutes = { [R in Role | 'reporter']?: unknown };

const MINUTE = 60_000;
const DEFAULT = 5;
const LONGEST = 60;

/** ms. The shortest of all roles counts; who has none reports to these teams. What is not 1 to 60 is the default. */
export function idleTime(
	seats: readonly { team: string; role: Role }[],
	teams: readonly { id: string; idle?: IdleMinutes | null | undefined }[]
): number {
	const minutes =
		seats.length > 0
			? seats.map(({ team, role }) => valid(teams.find(({ id }) => id === team)?.idle?.[role]))
			: teams.map(({ idle }) => valid(idle?.reporter));
	return Math.min(...(minutes.length > 0 ? minutes : [DEFAULT])) * MINUTE;
}

const valid = (minutes: unknown): number =>
	typeof minutes === 'number' && minutes >= 1 && minutes <= LONGEST ? minutes : DEFAULT;
