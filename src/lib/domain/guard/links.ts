/** E-mail addresses, links and handles. */
import { marked, type Mark } from './mark';

const LOCAL = /[\p{L}\p{N}._%+'-]/u;
/** Longer ones are no addresses, and looking further would cost. */
const LONGEST = 64;
const HOST = /^(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.){1,6}\p{L}{2,24}/u;

/** Looks around each @, so that a long text without one costs nothing. */
export function emails(text: string): Mark[] {
	const found: Mark[] = [];
	for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
		let start = at;
		while (start > 0 && at - start < LONGEST && LOCAL.test(text[start - 1] ?? '')) start -= 1;
		while (start < at && /[.'%+-]/.test(text[start] ?? '')) start += 1;
		const host = HOST.exec(text.slice(at + 1, at + 200))?.[0];
		if (host && start < at) found.push({ start, end: at + 1 + host.length, kind: 'EMAIL' });
	}
	return found;
}

const ENDINGS =
	'com|org|net|info|eu|edu|gov|pl|de|ro|hu|uk|at|ch|ru|me|gg|io|tv|app|social|online|blog|news|site|xyz|to|cc|be|ly|md|ua';
const LINKS = [
	/\bhttps?:\/\/[^\s<>"')\]]{2,2000}/dgi,
	/\bwww\.[^\s<>"')\]]{3,2000}/dgi,
	new RegExp(
		String.raw`(?<![\p{L}\p{N}@.-])(?:[a-z0-9-]{2,63}\.){1,4}(?:${ENDINGS})(?:\/[^\s<>"')\]]{0,500})?(?![\p{L}\p{N}-])`,
		'dgiu'
	),
	/(?<![\p{L}\p{N}_.@/])@[\p{L}\p{N}_][\p{L}\p{N}_.]{1,38}[\p{L}\p{N}_]/dgu,
	/(?<![\p{L}\p{N}/])[ur]\/[A-Za-z0-9_-]{3,20}(?![\p{L}\p{N}])/dgu
];

/** What a sentence puts after a link is no part of it. */
const trimmed = (text: string, mark: Mark): Mark => {
	let { end } = mark;
	while (end > mark.start && /[.,;:!?…]/.test(text[end - 1] ?? '')) end -= 1;
	return { ...mark, end };
};

/** Addresses of pages, with or without their scheme, and the names that people have on platforms. */
export const links = (text: string): Mark[] =>
	LINKS.flatMap((form) => marked(text, form, 'LINK')).map((mark) => trimmed(text, mark));
