/** One question to the server, and what came of it. */
import type { Answer } from './line';
import type { Who } from './people';
import type { Verb } from './allowance';

export interface Cell {
	who: Who;
	on: string;
	verb: Verb;
	path: string;
	what: string;
	/** `allowed`, `refused`, or what is seen. */
	expected: string;
	ask: () => Promise<string>;
}

/** 200, or 204 without words. */
export const isSuccess = ({ status }: Answer): boolean => status === 200 || status === 204;

/**
 * PocketBase refuses with 400 a create, with 404 a view or an update, with 403 where there is no rule, hooks with 401 as well.
 * Any other number is told: a broken server is no wall.
 */
export function outcome(answer: Answer): string {
	if (isSuccess(answer)) return 'allowed';
	return [400, 401, 403, 404].includes(answer.status) ? 'refused' : `answered ${answer.status}`;
}

/** As cells say it. */
export const verdict = (isAllowed: boolean): string => (isAllowed ? 'allowed' : 'refused');
/** Names of rows, or that there were none: which is how a list refuses. */
export const seen = (names: Iterable<string>): string => {
	const all = [...new Set(names)].sort();
	return all.length === 0 ? 'refused' : `sees ${all.join('; ')}`;
};

const HIDDEN = ['reporter', 'ticket', 'invite', 'tokenKey', 'password'];

/** Which fields an answer holds, at any depth, that no answer may hold. */
export function shows(body: unknown): string[] {
	if (typeof body !== 'object' || body === null) return [];
	return Object.entries(body).flatMap(([name, value]) => [
		...(HIDDEN.includes(name) ? [name] : []),
		...shows(value)
	]);
}
