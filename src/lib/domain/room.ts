/** How much of the device's room a file may take, so that there is always some left for words. Sizes in bytes. */

const MB = 1_000_000;
const GIB = 2 ** 30;

/** Kept free of files: words come first. */
const FOR_WORDS = 5 * MB;

/** More than a picture has once it is drawn anew. */
export const DRAWN = { usual: 2 * MB, large: 5 * MB };

/** With the draft, on its way, and to look at again. */
const COPIES = 3;

/** Whether a file of `size` fits into what is `left`. A browser that does not tell how much is believed to have enough. */
export function hasRoomFor(size: number, left: number | null): boolean {
	return left === null || left >= COPIES * size + FOR_WORDS;
}

/**
 * What is `left`, or null: Chromium tells every site that ten whole GiB are (or the whole disk, where that is smaller), so
 * that nobody is known by them.
 */
export const believable = (left: number): number | null => (left > 0 && left % GIB === 0 ? null : left);

/** What was not written because the device, or the browser's share of it, is full. However it is wrapped. */
export function isOutOfRoom(error: unknown): boolean {
	if (!(error instanceof Error)) return false;
	return /Quota/.test(`${error.name} ${error.message}`) || isOutOfRoom((error as { inner?: unknown }).inner);
}
