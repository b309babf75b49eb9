import { BMP } from 'image-size/types/bmp';
import { GIF } from 'image-size/types/gif';
import { HEIF } from 'image-size/types/heif';
import { JPG } from 'image-size/types/jpg';
import { PNG } from 'image-size/types/png';
import { WEBP } from 'image-size/types/webp';

export const MAX_BYTES = 20 * 1024 * 1024;
export const MAX_PIXELS = 50_000_000;

export type Refusal = 'not_picture' | 'too_large' | 'too_many_pixels';

// What a phone or a browser makes, and nothing else is even looked at. An ICO, for one, says 256 px whatever is inside; an
// SVG can hold scripts.
const FORMATS = [JPG, PNG, WEBP, GIF, HEIF, BMP];

/** What the file's own header says, read before anything is decoded. */
export function checkHeader(bytes: Uint8Array): Refusal | null {
	if (bytes.length > MAX_BYTES) return 'too_large';
	try {
		const size = FORMATS.find(({ validate }) => validate(bytes))?.calculate(bytes);
		if (!size) return 'not_picture';
		// A container of several is as large as its largest.
		const pixels = [size, ...(size.images ?? [])].map(({ width, height }) => width * height);
		if (pixels.some((count) => !(count >= 1))) return 'not_picture';
		return pixels.some((count) => count > MAX_PIXELS) ? 'too_many_pixels' : null;
	} catch {
		return 'not_picture';
	}
}
