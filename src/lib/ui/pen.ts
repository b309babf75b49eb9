/** Writes down what stands in a form: one write at a time, always the newest words, and none of them skipped. */
export type Pen = {
	/** What stands there now is durable when it resolves. */
	note: () => Promise<void>;
	/** Runs when nothing is being written; what is noted meanwhile is written after it. */
	alone: <T>(act: () => Promise<T>) => Promise<T>;
	readonly busy: boolean;
	/** Nothing is being written any more, whether it went well or not. */
	settled: () => Promise<unknown>;
};

export function pen(write: () => Promise<void>): Pen {
	let last: Promise<unknown> = Promise.resolve();
	let noted: Promise<void> | null = null;
	let turns = 0;

	function alone<T>(act: () => Promise<T>): Promise<T> {
		turns++;
		const turn = inHand(last.then(act)).finally(() => turns--);
		last = turn.catch(() => undefined);
		return turn;
	}

	return {
		alone,
		note: () =>
			(noted ??= alone(() => {
				noted = null;
				return write();
			})),
		get busy() {
			return turns > 0;
		},
		settled: () => last
	};
}

const open = new Set<Promise<unknown>>();

/** Counts as being written, in this tab, until it is done. */
export function inHand<T>(work: Promise<T>): Promise<T> {
	open.add(work);
	const done = (): unknown => open.delete(work);
	work.then(done, done);
	return work;
}

/** Something typed in this tab is not yet durable. */
export const isWriting = (): boolean => open.size > 0;

/** Everything typed in this tab is durable, or could not be kept. */
export async function allWritten(): Promise<void> {
	while (isWriting()) await Promise.allSettled(open);
}
