/** What is allowed, entry by entry; whatever is not is refused. */
import type { Who } from './people';

/** `pull` is what a device is told; `open` is the bytes of a file; `ring` that the bell rings; the rest says itself. */
export type Verb =
	'list' | 'view' | 'create' | 'update' | 'delete' | 'pull' | 'open' | 'ring' | 'hear' | 'call';

/** One thing that some may do, and why. */
export interface Allowance {
	on: string;
	verb: Verb;
	what: string;
	who: readonly Who[];
	why: string;
	/** By these ways alone; without it by each that the verb has. */
	paths?: readonly string[];
}

const allowed = new Map<string, Allowance[]>();
const asked = new Set<string>();

/** Allows each of `what`, named as the cells name it, to those beside it. */
export function allow(
	on: string,
	verb: Verb,
	what: Readonly<Record<string, readonly Who[]>>,
	why: string,
	paths?: readonly string[]
): void {
	for (const [one, who] of Object.entries(what)) {
		const name = nameOf(on, verb, one);
		const allowance = { on, verb, what: one, who, why, ...(paths && { paths }) };
		allowed.set(name, [...(allowed.get(name) ?? []), allowance]);
	}
}

/** Whether somebody has allowed it; `*` stands for everything. */
export function isAllowed(who: Who, on: string, verb: Verb, what: string, path = ''): boolean {
	return [nameOf(on, verb, what), nameOf('*', verb, '*')].some((name) => {
		asked.add(name);
		return (
			allowed.get(name)?.some((one) => one.who.includes(who) && (one.paths?.includes(path) ?? true)) === true
		);
	});
}

/** Allowances that no cell has asked for: a name that is written wrong allows nothing, and must not go unseen. */
export const unasked = (): Allowance[] =>
	[...allowed].filter(([name]) => !asked.has(name)).flatMap(([, allowances]) => allowances);

const nameOf = (on: string, verb: Verb, what: string): string => `${on}|${verb}|${what}`;
