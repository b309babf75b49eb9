/** What the browser has deleted here without being asked: an empty list must not stand for it. */
import type { Account } from '../store/device';
import { changed } from '../store/live';
import { isWhole } from '../store/person';
import { device, here, storeOf } from './here';
import { isMarked, mark, unmark } from './marker';

/** It was deleted, and is either only to be read, or needs a sign-in before anything comes back. */
export type Loss = 'to_read' | 'to_sign_in';

/** For the person at work, or for whoever opens this device. Null where nothing was lost, or it was read. */
export async function loss(): Promise<Loss | null> {
	const now = await here();
	if (!now) return isMarked() && (await device.isEmpty()) ? 'to_read' : null;
	if (!(await isWhole(now.store))) return 'to_sign_in';
	const lost = (await device.get('lost')) ?? [];
	return lost.includes(ALL) || lost.includes(now.session.account) ? 'to_read' : null;
}

export async function readLoss(): Promise<void> {
	const now = await here();
	if (now) {
		await device.change('lost', [], (ids) => ids.filter((id) => id !== ALL && id !== now.session.account));
	} else {
		unmark();
		changed();
	}
}

/** Before somebody moves in: from then on the device no longer shows that it was emptied. `old` as it is known here. */
export async function noteLoss(id: string, old: Account | undefined): Promise<void> {
	const all = isMarked() && (await device.isEmpty());
	const own = old && !(await isWhole(storeOf(id)));
	if (all || own) await device.change('lost', [], (ids) => [...ids, all ? ALL : id]);
	mark();
}

/** Now and then, since a browser keeps no marker for ever. */
export async function renewMarker(): Promise<void> {
	if (!(await device.isEmpty())) mark();
}

const ALL = '';
