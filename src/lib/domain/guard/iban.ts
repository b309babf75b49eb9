/** Bank accounts, by ISO 13616. */
import type { Mark } from './mark';

/** How long they are where teams are, and near. */
const LENGTHS: Record<string, number> = Object.fromEntries(
	`AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CY28 CZ24 DE22 DK18 EE20 EG29 ES24 FI18 FO18 FR27 GB22 GE22 GI23
	 GL18 GR27 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LI21 LT20 LU20 LV21 MC27 MD24 ME22 MK19 MT31 NL18 NO15 PK24
	 PL28 PS29 PT25 QA29 RO24 RS22 SA24 SE24 SI19 SK24 SM27 TN24 TR26 UA29 VA22 XK20`
		.split(/\s+/)
		.map((one) => [one.slice(0, 2), Number(one.slice(2))])
);

const START = /(?<![\p{L}\p{N}])[A-Z]{2}[ \u00a0]?\d{2}/giu;

/** Whether the check digits hold. `compact` has no spaces. */
export function isIban(compact: string): boolean {
	const turned = compact.toUpperCase().slice(4) + compact.toUpperCase().slice(0, 4);
	let rest = 0;
	for (const sign of turned) {
		const value = parseInt(sign, 36);
		rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
	}
	return compact.length === LENGTHS[compact.slice(0, 2).toUpperCase()] && rest === 1;
}

/** As Poland writes its accounts at home, without its letters, and Hungary, by banks and in eights. */
const PL_HOME = /(?<![\p{L}\p{N}])(?:\d{26}|\d\d(?:[ \u00a0-]\d{4}){6})(?![\p{L}\p{N}])/gu;
const HU_HOME = /(?<![\p{L}\p{N}-])\d{8}(?:[- ]\d{8}){1,2}(?![\p{L}\p{N}]|-\d)/gu;

const WEIGHTS = [9, 7, 3, 1];
const isEven = (digits: string): boolean =>
	Array.from(digits, (digit, at) => Number(digit) * (WEIGHTS[at % 4] ?? 0)).reduce((so, one) => so + one, 0) %
		10 ===
	0;
/** The bank's eight digits, and then the account's, each end in their own check digit. */
const isHuAccount = (digits: string): boolean => isEven(digits.slice(0, 8)) && isEven(digits.slice(8));

const atHome = (text: string, form: RegExp, holds: (digits: string) => boolean): Mark[] =>
	[...text.matchAll(form)]
		.filter(({ 0: found }) => holds(found.replace(/\D/g, '')))
		.map(({ 0: found, index }) => ({ start: index, end: index + found.length, kind: 'IBAN' }));

/** With spaces or hyphens or without; only what its check digits confirm. */
export function ibans(text: string): Mark[] {
	return [
		...international(text),
		...atHome(text, PL_HOME, (digits) => isIban(`PL${digits}`)),
		...atHome(text, HU_HOME, isHuAccount)
	];
}

function international(text: string): Mark[] {
	return [...text.matchAll(START)].flatMap(({ 0: begun, index }) => {
		const length = LENGTHS[begun.slice(0, 2).toUpperCase()];
		const end = length && endOf(text, index, length);
		const compact = end ? text.slice(index, end).replace(/[\s-]/g, '') : '';
		return end && isIban(compact) ? [{ start: index, end, kind: 'IBAN' as const }] : [];
	});
}

/** Behind so many letters and digits, with at most one space before each; 0 where something else comes first. */
function endOf(text: string, start: number, count: number): number {
	let at = start;
	for (let seen = 0; seen < count; at += 1) {
		if (/[A-Za-z0-9]/.test(text[at] ?? '')) seen += 1;
		else if (!/[ \u00a0-]/.test(text[at] ?? '') || /[ \u00a0-]/.test(text[at - 1] ?? '')) return 0;
	}
	return /[\p{L}\p{N}]/u.test(text[at] ?? '') ? 0 : at;
}
