/** The words of a text, and how they stand beside each other. */

export type Token = {
	start: number;
	end: number;
	text: string;
	/** Begins with a capital letter; all of it in capitals. */
	isCapital: boolean;
	isLoud: boolean;
	/** The first of its sentence, line or quotation: a capital letter says nothing there. */
	opens: boolean;
	/** Follows the one before it with nothing but a space between. */
	isNear: boolean;
};

/** A word, with a hyphen or an apostrophe inside; an initial keeps its full stop. */
const WORD = /\p{L}[\p{L}\p{M}]*(?:['’-]\p{L}[\p{L}\p{M}]*)*/gu;
/** A full stop behind one of these ends no sentence. */
const SHORT =
	/(?:^|[\s("„“”'])(?:\p{Lu}|dr|mr|mrs|ms|prof|hr|fr|st|mgr|inż|inz|ks|dl|d-l|d-na|dna|dra|ifj|id|özv|św|sf|szt|ul|al|pl|os|str|im|nr|tel|ur|geb|sz[uü]l|kl|bl|sc|ap|ok|np|tzn|tzw|z\. ?b|u\. ?a|ca|bzw|e\.g|i\.e|pl)\.$/iu;

export function tokens(text: string): Token[] {
	let last = 0;
	return [...text.matchAll(WORD)].map(({ 0: word, index: start }, at) => {
		const gap = text.slice(last, start);
		const isSpace = gap === ' ';
		const short = gap.startsWith('.') && SHORT.test(text.slice(Math.max(0, last - 8), last + 1));
		const end = start + word.length;
		const token = {
			start,
			end,
			text: word,
			isCapital: /^\p{Lu}/u.test(word),
			isLoud: word.length > 1 && !/\p{Ll}/u.test(word),
			opens: at === 0 || (!isSpace && /[.!?…:\n•"„“”»«]|(?:^|\s)[-–—]\s/u.test(short ? gap.slice(1) : gap)),
			isNear: at > 0 && (isSpace || gap === '\u00a0' || (short && /^\. ?$/.test(gap)))
		};
		last = end;
		return token;
	});
}
