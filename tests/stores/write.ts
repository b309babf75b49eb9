import { version } from '../../package.json';
import { live } from './ana';
import { dumpAll } from './dump';
import type { StoreFile } from './holds';

const note =
	'Stores as this version of Heed writes them, with words, passphrases and keys that were made up for it: they protect ' +
	'nothing. Keys that no browser would give away can be read here. Never written again: later versions have to open it.';

const file: StoreFile = { version, note, holds: await live(), databases: await dumpAll() };

/** The stores that a device has under this version of the app, as text for tests/stores/<version>.json. */
export const text = `${JSON.stringify(file, null, '\t')}\n`;
