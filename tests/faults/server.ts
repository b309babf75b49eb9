/** What a schedule needs of a server: the model of one, or the real one behind a proxy that misbehaves. */
import type { Write } from '../../src/lib/domain/outbox';
import type { Row } from '../../src/lib/domain/records';
import type { Device, Tab } from './device';

/** Rows of something to send, as a device of that person would make them. */
export type Made = {
	writes: Write[];
	entry: Row<'entries'>;
	local: { cases: Row<'cases'>[]; keys: Row<'keys'>[]; grants: Row<'grants'>[] };
};

export type Server = {
	/** Where a tab sends what it sends. */
	address: (tab: Tab) => string;
	/** Called when something has changed. */
	readonly bells: Set<() => void>;
	/** A token of the device's person, over the line at `base`; null when none came. */
	signIn: (base: string, device: Device) => Promise<string | null>;
	/** An alert, or a message `into` a case with its key, that says `words` and nothing else. */
	make: (device: Device, words: string, into: { case: string; key: string } | null) => Made;
	/** Ends it as a power cut would; it is back after `ms`. */
	kill: (ms: number) => void;
	/** From now on it knows more than the app does. */
	deploy: () => void;
	/** Ids of the entries that say something, by their words. */
	filed: () => Promise<ReadonlyMap<string, readonly string[]>>;
	/** Lengths of the parts that follow an entry, by their index. */
	partsOf: (entry: string) => Promise<ReadonlyMap<number, number>>;
	/** What a device of that person has to have, as 'id@rev' by collection, and the counter. */
	shows: (device: Device) => Promise<{ rows: Readonly<Record<string, readonly string[]>>; rev: number }>;
	close: () => Promise<void>;
};
