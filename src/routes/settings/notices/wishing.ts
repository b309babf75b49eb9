import type { Wishes } from '$lib/domain/notice';

/** What somebody wants to be otherwise, made of what the server has when its turn comes. */
export type Change = (now: Wishes) => Partial<Wishes>;
