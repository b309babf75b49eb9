import type { Settled } from '../lib/domain/notice';

type WithoutId<One> = One extends unknown ? Omit<One, 'id'> : never;

/** What became of one push or letter: `Settled`, before it is said of which row. */
export type Outcome = WithoutId<Settled>;
