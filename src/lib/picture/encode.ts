import { fail, ok, type Result } from '../domain/result';
import { checkHeader, MAX_BYTES, type Refusal } from './header';

export type Encoded = {
	bytes: Uint8Array<ArrayBuffer>;
	type: 'image/webp' | 'image/jpeg';
	width: number;
	height: number;
};

/** In pixels. */
const LONGEST_EDGE = { usual: 1600, large: 2560 };
export type Size = keyof typeof LONGEST_EDGE;
const QUALITY = 0.8;

/**
 * The picture drawn anew, at most 1,600 or 2,560 px, upright: none of the file's metadata can survive that.
 * WebP, or JPEG where the browser cannot. Refuses by the header before decoding.
 */
export async function encode(
	file: File,
	size: Size
): Promise<Result<Encoded, { kind: Refusal | 'undecodable' }>> {
	if (file.size > MAX_BYTES) return fail({ kind: 'too_large' });
	const refusal = checkHeader(new Uint8Array(await file.arrayBuffer()));
	if (refusal) return fail({ kind: refusal });
	try {
		const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' });
		const shrink = Math.min(1, LONGEST_EDGE[size] / Math.max(bitmap.width, bitmap.height));
		const width = Math.max(1, Math.round(bitmap.width * shrink));
		const height = Math.max(1, Math.round(bitmap.height * shrink));
		const canvas = new OffscreenCanvas(width, height);
		canvas.getContext('2d')?.drawImage(bitmap, 0, 0, width, height);
		bitmap.close();
		return ok({ ...(await compress(canvas)), width, height });
	} catch {
		return fail({ kind: 'undecodable' });
	}
}

async function compress(canvas: OffscreenCanvas): Promise<Pick<Encoded, 'bytes' | 'type'>> {
	// A browser that cannot write a type answers with PNG instead of an error: look at what came.
	for (const type of ['image/webp', 'image/jpeg'] as const) {
		const blob = await canvas.convertToBlob({ type, quality: QUALITY });
		if (blob.type === type) return { bytes: new Uint8Array(await blob.arrayBuffer()), type };
	}
	throw new Error('neither WebP nor JPEG can be written here');
}
