/** That what comes found no room on this device. Said outside of IndexedDB, where there is none. */
import { changed } from '../store/live';

const NAME = 'heed_full';

export const isFull = (): boolean => localStorage.getItem(NAME) !== null;

export function tellRoom(isThere: boolean): void {
	if (isFull() !== isThere) return;
	if (isThere) localStorage.removeItem(NAME);
	else localStorage.setItem(NAME, '1');
	changed();
}
