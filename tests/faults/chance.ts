/** Chance that can be had again: the same seed, the same numbers (mulberry32). */
export class Chance {
	#state: number;
	constructor(seed: number) {
		this.#state = seed >>> 0;
	}

	/** 0 to 1. */
	next = (): number => {
		this.#state = (this.#state + 0x6d2b79f5) >>> 0;
		let mixed = this.#state;
		mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};

	/** 0 to `end` - 1. */
	below = (end: number): number => Math.floor(this.next() * end);

	is = (share: number): boolean => this.next() < share;

	pick<T>(all: readonly T[]): T {
		const one = all[this.below(all.length)];
		if (one === undefined) throw new Error('nothing to pick from');
		return one;
	}

	/** 15 characters, as ids are. */
	id = (): string =>
		Array.from({ length: 15 }, () => '0123456789abcdefghijklmnopqrstuvwxyz'[this.below(36)]).join('');

	/** Standard base64 of this many bytes. */
	base64 = (bytes: number): string =>
		Buffer.from(Array.from({ length: bytes }, () => this.below(256))).toString('base64');
}
