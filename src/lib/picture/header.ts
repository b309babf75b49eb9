import { imageSize } from 'image-size';

export const MAX_BYTES = 20 * 1024 * 1024;
export const MAX_PIXELS = 50_000_000;

export type Refusal = 'not_picture' | 'too_large' | 'too_many_pixels';

// What a phone or a browser makes. An ICO, for one, says 256 px whatever is inside; an SVG can hold scripts.
const TYPES = new Set(['jpg', 'png', 'webp', 'gif', 'heif', 'heic', 'avif', 'bmp']);

/** What the file's own header says, read before anything is decoded. */
export function checkHeader(bytes: Uint8Array): Refusal | null {
	if (bytes.length > MAX_BYTES) return 'too_large';
	try {
		const { width, height, type } = imageSize(bytes);
		if (!TYPES.has(type ?? '') || width < 1 || height < 1) return 'not_picture';
		return width * height > MAX_PIXELS ? 'too_many_pixels' : null;
	} catch {
		return 'not_picture';
	}
}
