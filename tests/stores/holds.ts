import type { Id } from '../../src/lib/domain/id';
import type { Database } from './dump';

/** A picture by its file's id, and the digest of its bytes. */
export type Picture = { file: Id; digest: string };
export type Written = { id: Id; story: string; picture: Picture | null };

/** What somebody finds who opens the stores, in the words they were written with. Later versions may add, and never change. */
export type Holds = {
	/** ms */
	written: number;
	person: { id: Id; passphrase: string; oldPassphrase: string };
	/** Under the vault, then what was begun while locked. */
	drafts: Written[];
	/** Discarded a moment before. */
	dropped: Written;
	/** Under the vault before this one: it takes the old passphrase. */
	aside: Written;
	/** Half a message by its case; under the vault and under the one before. Absent from versions that kept none. */
	begun?: { case: Id; text: string }[];
	asideBegun?: { case: Id; text: string }[];
	/** What reads as a conversation, in its order. `isSealed`: written while locked, and opened with the next unlocking. */
	cases: { id: Id; said: { entry: Id; author: Id; words: string; isSealed: boolean }[] }[];
	/** Of what is to be sent: how many parts its picture has, and how many of those are up. */
	outbox: { id: Id; status: 'waiting' | 'refused'; parts: number; up: number }[];
	/** Pictures of what was sent, kept for looking at them. */
	files: (Picture & { case: Id; parts: number })[];
	/** Whose keys are believed. */
	pins: Id[];
	/** What the server had of all this when the stores were written, by collection. */
	server: Record<string, ({ id: Id } & Record<string, unknown>)[]>;
};

/** tests/stores/<version>.json */
export type StoreFile = { version: string; note: string; holds: Holds; databases: Database[] };
