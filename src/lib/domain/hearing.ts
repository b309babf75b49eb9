/** Whether a device hears, and what it is. Without zod: screens carry it. */
import type { Light, MyNotices, System } from './notice';

/** ms after which a test that was not shown has failed. */
const PATIENCE = 900_000;

/** `none`: nothing was tried yet. `now` in ms. */
export function lightOf(
	{ asked, heard, trouble }: Pick<MyNotices['devices'][number], 'asked' | 'heard' | 'trouble'>,
	now: number
): Light {
	if (trouble) return 'red';
	if (!asked) return heard ? 'green' : 'none';
	// Both are the server's own, written in the same way.
	if (heard >= asked) return 'green';
	return now - timeOf(asked) > PATIENCE ? 'red' : 'waiting';
}

/** ms of a time as the server writes it. */
export const timeOf = (written: string): number => Date.parse(written.replace(' ', 'T'));

/** An iPad calls itself a Macintosh, but has a touch screen. */
export function systemOf({
	userAgent,
	maxTouchPoints
}: {
	userAgent: string;
	maxTouchPoints: number;
}): System {
	if (userAgent.includes('Android')) return 'android';
	const isPhone = /iPhone|iPad|iPod/.test(userAgent);
	return isPhone || (userAgent.includes('Macintosh') && maxTouchPoints > 1) ? 'ios' : 'desktop';
}
