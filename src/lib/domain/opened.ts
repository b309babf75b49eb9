import * as z from 'zod/mini';
import { EntryHeader } from './envelope';

/**
 * What lies under the vault key of an entry: what it says and its header, or why it is not what it should be. `unknown`
 * stands for what only a newer app can read.
 */
export const Opened = z.catch(
	z.union([
		z.object({ content: z.unknown(), header: EntryHeader }),
		z.object({ wrong: z.enum(['unreadable', 'misplaced', 'forged', 'unknown']) })
	]),
	{ wrong: 'unknown' }
);
export type Opened = z.infer<typeof Opened>;

/** What its box is called. */
export const openedContext = (id: string): string => `opened|${id}`;
