/** QR codes written: the door to `qr`, loaded when one is first shown. */
import { encodeQR } from 'qr';

/** Dark squares of 1 x 1 as one SVG path; `size` is the side with the quiet zone of four that ISO/IEC 18004 asks for. */
export function drawn(text: string): { size: number; path: string } {
	const rows = encodeQR(text, 'raw', { ecc: 'medium', border: 4 });
	const path = rows
		.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])))
		.join('');
	return { size: rows.length, path };
}
