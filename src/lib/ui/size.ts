const MB = 1_000_000;

/** How much room is left, for people: one digit, so that it tells nothing of what anybody keeps here. Null: hardly any. */
export function roughly(bytes: number, locale: string): string | null {
	if (bytes < 10 * MB) return null;
	const [unit, size] = bytes < 1_000 * MB ? (['megabyte', MB] as const) : (['gigabyte', 1_000 * MB] as const);
	const digit = 10 ** Math.floor(Math.log10(bytes / size));
	const value = Math.floor(bytes / size / digit) * digit;
	return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' }).format(value);
}

/** How large a file is, for people. */
export function sizeOf(bytes: number, locale: string): string {
	const [unit, value] =
		bytes < MB ? (['kilobyte', Math.max(1, bytes / 1_000)] as const) : (['megabyte', bytes / MB] as const);
	const maximumFractionDigits = unit === 'megabyte' && value < 10 ? 1 : 0;
	return new Intl.NumberFormat(locale, {
		...{ style: 'unit', unit, unitDisplay: 'short' },
		maximumFractionDigits
	}).format(value);
}
