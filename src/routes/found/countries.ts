// Codes only: every browser knows the names in its person's language.
const CODES =
	'AL AT BA BE BG CH CY CZ DE DK EE ES FI FR GB GR HR HU IE IS IT LI LT LU LV MD ME MK MT NL NO PL PT RO RS SE SI SK UA';

/** Countries by name, sorted as the language sorts. */
export function countries(locale: string): { code: string; name: string }[] {
	const names = new Intl.DisplayNames(locale, { type: 'region' });
	const order = new Intl.Collator(locale);
	return CODES.split(' ')
		.map((code) => ({ code, name: names.of(code) ?? code }))
		.sort((a, b) => order.compare(a.name, b.name));
}
