/** QR codes read out of pixels: the door to `qr`'s reader, loaded where the browser has none of its own. */
import decodeQR from 'qr/decode.js';

type Pixels = { width: number; height: number; data: Uint8ClampedArray };

/** What the code in an RGBA picture says, or null where there is none that can be read. */
export function readPixels(pixels: Pixels): string | null {
	try {
		return decodeQR(pixels);
	} catch {
		return null;
	}
}
