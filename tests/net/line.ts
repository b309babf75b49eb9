/** Something that has bytes to carry, at most `most` of them at a time; null when it has none just now. */
export type Lane = { take: (most: number) => Buffer | null; give: (bytes: Buffer) => void };

/** Small, so that nobody waits long for a turn; 10 ms of a line of 1.6 Mbit/s. */
const QUANTUM = 2_000;

/** One direction of a line that carries `rate` bytes a second for all its lanes together, each in turn. */
export class Line {
	#busy: Lane[] = [];
	/** When what was taken last is through. */
	#free = 0;
	#timer: NodeJS.Timeout | null = null;
	constructor(readonly rate: number) {}

	/** `lane` has something to carry. */
	offer(lane: Lane): void {
		if (this.#busy.includes(lane)) return;
		// What was not used while nobody had anything is lost. A timer that comes late loses nothing.
		if (this.#busy.length === 0) this.#free = Math.max(this.#free, performance.now());
		this.#busy.push(lane);
		this.#carry();
	}

	#carry(): void {
		if (this.#timer) return;
		const now = performance.now();
		while (this.#free <= now) {
			const lane = this.#busy.shift();
			if (!lane) return;
			const bytes = lane.take(QUANTUM);
			if (!bytes) continue;
			this.#busy.push(lane);
			this.#free += (bytes.length / this.rate) * 1000;
			lane.give(bytes);
		}
		this.#timer = setTimeout(() => {
			this.#timer = null;
			this.#carry();
		}, this.#free - now);
	}
}
