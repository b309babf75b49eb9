import type { Page } from '@playwright/test';

const ascii = (text: string) => Buffer.from(`${text}\0`, 'latin1');

/** A real JPEG, drawn by the browser, with an EXIF block that tells where and with what it was taken. */
export async function gpsPhoto(page: Page, maker = 'CanaryCam'): Promise<Buffer> {
	const plain = await page.evaluate(async () => {
		const canvas = new OffscreenCanvas(640, 480);
		const pen = canvas.getContext('2d');
		if (!pen) throw new Error('no canvas');
		for (let i = 0; i < 48; i++) {
			pen.fillStyle = `hsl(${i * 20} 60% 50%)`;
			pen.fillRect((i % 8) * 80, Math.floor(i / 8) * 80, 80, 80);
		}
		const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 });
		return [...new Uint8Array(await blob.arrayBuffer())];
	});
	const jpeg = Buffer.from(plain);
	return Buffer.concat([jpeg.subarray(0, 2), exifSegment(maker), jpeg.subarray(2)]);
}

/** APP1 with a little-endian TIFF: Make in IFD0, and a GPS IFD at 47°29'52" N, 19°2'24" E. */
function exifSegment(maker: string): Buffer {
	const make = ascii(maker);
	const ifd0 = 8;
	const makeAt = ifd0 + 2 + 2 * 12 + 4;
	const gps = makeAt + make.length + (make.length % 2);
	const latitudeAt = gps + 2 + 4 * 12 + 4;
	const longitudeAt = latitudeAt + 24;
	const tiff = Buffer.alloc(longitudeAt + 24);

	tiff.write('II', 0, 'latin1');
	tiff.writeUInt16LE(42, 2);
	tiff.writeUInt32LE(ifd0, 4);
	writeIfd(tiff, ifd0, [
		[0x010f, 2, make.length, makeAt],
		[0x8825, 4, 1, gps]
	]);
	make.copy(tiff, makeAt);
	writeIfd(tiff, gps, [
		[1, 2, 2, ascii('N').readUInt16LE()],
		[2, 5, 3, latitudeAt],
		[3, 2, 2, ascii('E').readUInt16LE()],
		[4, 5, 3, longitudeAt]
	]);
	[47, 29, 52].forEach((value, i) => writeRational(tiff, latitudeAt + i * 8, value));
	[19, 2, 24].forEach((value, i) => writeRational(tiff, longitudeAt + i * 8, value));

	const body = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff]);
	const head = Buffer.from([0xff, 0xe1, 0, 0]);
	head.writeUInt16BE(body.length + 2, 2);
	return Buffer.concat([head, body]);
}

type Field = [tag: number, type: number, count: number, value: number];

function writeIfd(tiff: Buffer, at: number, fields: Field[]): void {
	tiff.writeUInt16LE(fields.length, at);
	fields.forEach(([tag, type, count, value], i) => {
		const start = at + 2 + i * 12;
		tiff.writeUInt16LE(tag, start);
		tiff.writeUInt16LE(type, start + 2);
		tiff.writeUInt32LE(count, start + 4);
		tiff.writeUInt32LE(value, start + 8);
	});
}

function writeRational(tiff: Buffer, at: number, value: number): void {
	tiff.writeUInt32LE(value, at);
	tiff.writeUInt32LE(1, at + 4);
}
