/** What somebody might write, and how to tell whether it was done. */
import * as w from '../contract/world';
import type { Scene } from './scene';

/** As the server takes and gives it. */
export type Row = Record<string, unknown>;

/** Somebody as whom a row is written; who is not signed in says to be the coordinator at home. */
export type Me = w.Someone;

/** One try: the row, and how to tell. */
export interface Attempt {
	id: string;
	body?: Row;
	bytes?: Uint8Array<ArrayBuffer>;
	/** Whether the row, as it is afterwards, says that it was done. */
	done: (row: Row | null) => boolean;
	undo?: () => Promise<unknown>;
	/** Takes away what was made for this try. */
	clean?: () => Promise<unknown>;
}

/** What is tried, in the words of the expectation. */
export interface Deed {
	on: string;
	verb: 'create' | 'update' | 'delete';
	what: string;
	/** Deeds of one lock wait for each other. */
	lock?: (me: Me) => string;
	/** No operator tries it, since that would take something from the others. */
	isForPeople?: boolean;
	prepare: (me: Me, other: Me) => Promise<Attempt> | Attempt;
}

/** Whether a row has these values. */
export const says =
	(body: Row) =>
	(row: Row | null): boolean =>
		row !== null && Object.entries(body).every(([name, value]) => row[name] === value);

/** What PocketBase's own collections say of whose a row is. */
export const ownOf = ({ users }: Scene, { id }: Me): Row => ({
	id: w.id(),
	collectionRef: users,
	recordRef: id
});

/** A link of the roll at home that is there from the beginning. */
export const linkOf = ({ rows }: Scene): string =>
	[...rows.values()].find(({ name }) => name === 'link 1 home')?.id ?? '';
