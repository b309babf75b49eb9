import type { Page } from '@playwright/test';

/** A photo as a phone takes it: 12 megapixels of shapes and noise, the same ones each time, as a JPEG of a few MB. */
export async function phonePhoto(page: Page, seed: number): Promise<Buffer> {
	const base64 = await page.evaluate(async (first) => {
		const [width, height] = [4_000, 3_000];
		const canvas = new OffscreenCanvas(width, height);
		const pen = canvas.getContext('2d');
		if (!pen) throw new Error('no canvas');
		let state = first;
		const chance = (): number => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
		for (let shape = 0; shape < 400; shape++) {
			pen.fillStyle = `hsl(${chance() * 360} ${chance() * 60}% ${20 + chance() * 60}%)`;
			pen.fillRect(chance() * width, chance() * height, chance() * 900, chance() * 700);
		}
		// What a small sensor adds to every pixel.
		const image = pen.getImageData(0, 0, width, height);
		const { data } = image;
		for (let at = 0; at < data.length; at += 4) {
			const noise = (chance() - 0.5) * 24;
			for (let colour = at; colour < at + 3; colour++) data[colour] = (data[colour] ?? 0) + noise;
		}
		pen.putImageData(image, 0, 0);
		const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 });
		let bytes = '';
		for (const byte of new Uint8Array(await blob.arrayBuffer())) bytes += String.fromCharCode(byte);
		return btoa(bytes);
	}, seed);
	return Buffer.from(base64, 'base64');
}
