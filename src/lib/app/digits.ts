/** A digest as thirty digits in groups of five: about 99 bits, easy to read aloud, and a small QR code. */
export function digitsOf(digest: string): string {
	if (digest === '') return '';
	const number = BigInt(`0x${digest.slice(0, 40)}`) % 10n ** 30n;
	return (number.toString().padStart(30, '0').match(/.{5}/g) ?? []).join(' ');
}
