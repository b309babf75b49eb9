/**
 * An opening: the vault's key while somebody is at work. Every tab and the service worker hold it, in memory alone.
 * What each makes of what it hears is decided here, so that closing wins whatever the order of the words.
 */
export type Opening<Key = unknown> = {
	/** Each unlocking is one of its own: a late word about an old one opens nothing. */
	id: string;
	account: string;
	key: Key;
	/** ms without an act after which it is over. */
	idle: number;
	/** ms: when a person last did something. */
	active: number;
};

export type Word<Key = unknown> =
	| { say: 'open'; opening: Opening<Key> }
	| { say: 'touch'; id: string; active: number; idle: number }
	/** Null is whichever there is. */
	| { say: 'close'; id: string | null }
	| { say: 'ask' };

export type Held<Key = unknown> = { opening: Opening<Key> | null; closed: readonly string[] };

export const NOTHING: Held<never> = { opening: null, closed: [] };

/** What is held after a word. A newer unlocking takes an older one's place; what was closed stays closed. */
export function hear<Key>(held: Held<Key>, word: Word<Key>): Held<Key> {
	const { opening, closed } = held;
	switch (word.say) {
		case 'open':
			if (closed.includes(word.opening.id)) return held;
			if (opening?.id === word.opening.id) return { opening: later(opening, word.opening), closed };
			return { opening: word.opening, closed: without(closed, opening?.id) };
		case 'touch':
			return opening?.id === word.id ? { opening: later(opening, word), closed } : held;
		case 'close':
			return {
				opening: word.id === null || word.id === opening?.id ? null : opening,
				closed: without(closed, word.id ?? opening?.id)
			};
		default:
			return held;
	}
}

/** Nobody did anything for too long, or the clock was set back, so that nobody can tell. */
export const isOver = ({ active, idle }: Opening, now: number): boolean =>
	now - active > idle || now < active - SKEW;

/** Clocks of two processes may be this far apart, in ms. */
const SKEW = 1_000;
const REMEMBERED = 50;

const later = <Key>(
	opening: Opening<Key>,
	{ active, idle }: { active: number; idle: number }
): Opening<Key> => ({
	...opening,
	idle,
	active: Math.max(opening.active, active)
});

const without = (closed: readonly string[], id: string | undefined): readonly string[] =>
	id === undefined || closed.includes(id) ? closed : [...closed, id].slice(-REMEMBERED);
