/** What goes wrong, and when: one decision at every await point, by a seed or by a list. */
import { Chance } from './chance';

/** While something is asked of the server. */
export const ON_THE_LINE = [
	'lost_request',
	'lost_answer',
	'duplicate',
	'reorder',
	'truncated',
	'status_401',
	'status_403',
	'status_409',
	'status_413',
	'status_429',
	'status_500',
	'page_502',
	'portal_page',
	'timeout',
	'token_expired',
	'server_killed'
] as const;
/** While something is written or read on the device. */
export const ON_THE_DEVICE = ['tab_killed', 'browser_killed', 'storage_full', 'storage_evicted'] as const;
/** While time passes. */
export const IN_BETWEEN = [
	'clock_jump',
	'tab_frozen',
	'tab_killed',
	'browser_killed',
	'deploy',
	'server_killed'
] as const;

export const KINDS = [...new Set([...ON_THE_LINE, ...ON_THE_DEVICE, ...IN_BETWEEN])];
export type Kind = (typeof KINDS)[number];
/** The number of the await point, and what happens there. */
export type Fault = readonly [point: number, kind: Kind];

export class Fate {
	/** How many points were passed. */
	points = 0;
	/** What went wrong so far. */
	readonly struck: Fault[] = [];
	isCalm = false;
	readonly #decide: (point: number, kinds: readonly Kind[]) => Kind | null;

	private constructor(decide: (point: number, kinds: readonly Kind[]) => Kind | null) {
		this.#decide = decide;
	}

	static bySeed(seed: number): Fate {
		const chance = new Chance(seed);
		// Some schedules are rough, some nearly calm.
		const share = 0.01 + chance.next() ** 2 * 0.25;
		// Requests are few beside transactions, and more can happen to them.
		return new Fate((_, kinds) =>
			chance.is(share * (kinds === ON_THE_LINE ? 4 : 0.5)) ? chance.pick(kinds) : null
		);
	}

	static byList(faults: readonly Fault[]): Fate {
		const at = new Map(faults);
		return new Fate((point) => at.get(point) ?? null);
	}

	/** What goes wrong here, of what can. */
	at(kinds: readonly Kind[]): Kind | null {
		const point = this.points++;
		if (this.isCalm) return null;
		const kind = this.#decide(point, kinds);
		if (!kind || !kinds.includes(kind)) return null;
		this.struck.push([point, kind]);
		return kind;
	}
}
