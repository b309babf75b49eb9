/**
 * What a team makes of what Heed starts with: it adopts a piece, says it in its own words, hides or removes it. Each decision
 * is a row; the newest of a piece counts. `pb_migrations` and `pb_hooks/lib/pieces.js` say the same in the server's words.
 */
import * as z from 'zod/mini';
import { Id } from './id';
import { LOCALES, type Locale } from './lists';
import { BeforeText, Practice, PracticeText, Steps, TermText, type Shelf } from './practice';

/** Characters of the JSON of `body`. The server counts the same. */
export const BODY_MAX = 60_000;

/** `hidden` is not offered as advice, and can be read; `removed` is not shown at all. */
export const STATES = ['shown', 'hidden', 'removed'] as const;
export type PieceState = (typeof STATES)[number];

const Row = z.object({
	id: Id,
	/** Which piece: its kind, and its name there. */
	of: z
		.string()
		.check(
			z.maxLength(80),
			z.regex(/^(practice\/[a-z0-9]{15}|(steps|term|before)(\/[a-z0-9_]{1,40}){1,2})$/)
		),
	/** The version of the example that it was made of. */
	based: z.int().check(z.nonnegative()),
	state: z.enum(STATES),
	/** The team's own words, null where it goes by the example. Open: what is in it is parsed where it is shown. */
	body: z.unknown(),
	rev: z.int().check(z.nonnegative())
});
export type PieceRow = z.infer<typeof Row>;
export const PiecePage = z.object({ more: z.boolean(), pieces: z.array(Row) });

/** What each kind says in one language. */
export type Words = { practice: PracticeText; steps: string[]; term: TermText; before: BeforeText };
export type Kind = keyof Words;

const texts = <T extends z.ZodMiniType>(text: T) =>
	z.object({ texts: z.partialRecord(z.enum(LOCALES), text) });
/** What a team's own words of each kind look like. */
const BODIES = { practice: Practice, steps: texts(Steps), term: texts(TermText), before: texts(BeforeText) };
const WORDS = { practice: PracticeText, steps: Steps, term: TermText, before: BeforeText };

type Of<K extends Kind> = {
	of: string;
	kind: K;
	words: Words[K];
	/** The language of `words`. */
	locale: Locale;
	/** Whether these are the team's own words, and not the example's. */
	own: boolean;
	state: PieceState;
	/** What the example says now, in which version; null where there is none any more. */
	example: Words[K] | null;
	version: number;
	/** The version that the team has decided about. */
	based: number;
	/** The row that decided, 0 for none. */
	rev: number;
};
/** A piece as a team has it. */
export type Piece = { [K in Kind]: Of<K> }[Kind];

/** The same with what the example says now. */
export const asExample = (piece: Piece): Piece | null =>
	piece.example === null ? null : ({ ...piece, words: piece.example, own: false } as Piece);

export const nameOf = {
	practice: (id: string): string => `practice/${id}`,
	steps: (of: Shelf['firstSteps'][number]['for']): string =>
		'type' in of ? `steps/type/${of.type}` : `steps/setting/${of.setting}`,
	term: (id: string): string => `term/${id}`,
	before: (id: string): string => `before/${id}`
};

/** The example was changed since the team decided about it. */
export const isOutdated = ({ rev, own, based, version }: Piece): boolean => rev > 0 && own && based < version;

/**
 * All pieces of an edition in `locale`, as `rows` have decided; and what a team has made its own of an example that there is no
 * more. What a team has not said in this language the example says. What a row says in a shape that this app does not know is left aside.
 */
export function pieces(shelf: Omit<Shelf, 'lexicon'>, locale: Locale, rows: readonly PieceRow[]): Piece[] {
	const newest = newestOf(rows);
	const examples = [
		...shelf.before.map(({ id, version, ...words }) => example('before', nameOf.before(id), version, words)),
		...shelf.practices.flatMap(({ id, version, texts }) => {
			const words = texts[locale] ?? Object.values(texts)[0];
			return words ? [example('practice', nameOf.practice(id), version, words)] : [];
		}),
		...shelf.firstSteps.map(({ for: of, version, steps }) =>
			example('steps', nameOf.steps(of), version, steps)
		),
		...shelf.glossary.map(({ id, version, ...words }) => example('term', nameOf.term(id), version, words))
	];
	const known = new Set(examples.map(({ of }) => of));
	return [
		...examples.map((piece) => decided(piece, newest.get(piece.of))),
		...[...newest.values()]
			.filter(({ of }) => !known.has(of))
			.flatMap((row) => {
				const said = ownWords(kindOf(row.of), row.body, [locale, ...LOCALES]);
				const bare = { of: row.of, kind: kindOf(row.of), example: null, version: 0, rev: row.rev };
				return said ? [{ ...bare, ...said, state: row.state, based: row.based } as Piece] : [];
			})
	];

	function example<K extends Kind>(kind: K, of: string, version: number, words: Words[K]): Piece {
		return {
			of,
			kind,
			words,
			locale,
			own: false,
			state: 'shown',
			example: words,
			version,
			based: version,
			rev: 0
		} as unknown as Piece;
	}

	function decided(piece: Piece, row: PieceRow | undefined): Piece {
		if (!row) return piece;
		const { state, based, rev } = row;
		return { ...piece, state, based, rev, ...ownWords(piece.kind, row.body, [locale]) } as Piece;
	}
}

/**
 * The practices that a team has in its own words, by the ids of the examples that they stand for. What it has not said in a language
 * is the example's there.
 */
export function ownPractices(rows: readonly PieceRow[], examples: readonly Practice[]): Practice[] {
	const known = new Map(examples.map((one) => [one.id, one.texts]));
	return [...newestOf(rows).values()].flatMap(({ of, body }) => {
		const practice = kindOf(of) === 'practice' ? Practice.safeParse(body).data : undefined;
		// The id goes into alerts: it is one of those, whatever the row says.
		const id = Id.safeParse(of.slice('practice/'.length)).data;
		return practice && id ? [{ ...practice, id, texts: { ...known.get(id), ...practice.texts } }] : [];
	});
}

/**
 * The body of a row in which the team says `words` in `locale`; what it says in other languages stays. Null where they are in
 * no shape that can be kept: something is empty, or too long. `practice` is the example's, for what is not words.
 */
export function bodyWith(
	kind: Kind,
	before: unknown,
	locale: Locale,
	words: Words[Kind],
	practice?: Practice
): Record<string, unknown> | null {
	const known = BODIES[kind].safeParse(before).data ?? (practice && { ...practice, texts: {} });
	const parsed = WORDS[kind].safeParse(words);
	const body = { ...known, texts: { ...known?.texts, [locale]: parsed.data } };
	const fits = parsed.success && BODIES[kind].safeParse(body).success;
	return fits && JSON.stringify(body).length <= BODY_MAX ? body : null;
}

const kindOf = (of: string): Kind => of.slice(0, of.indexOf('/')) as Kind;

function newestOf(rows: readonly PieceRow[]): Map<string, PieceRow> {
	const newest = new Map<string, PieceRow>();
	for (const row of rows) if ((newest.get(row.of)?.rev ?? -1) < row.rev) newest.set(row.of, row);
	return newest;
}

/** A team's own words in the first of these languages that it has them in. */
function ownWords(
	kind: Kind,
	body: unknown,
	languages: readonly Locale[]
): { words: Words[Kind]; locale: Locale; own: true } | undefined {
	const said: Partial<Record<Locale, Words[Kind]>> | undefined = BODIES[kind].safeParse(body).data?.texts;
	const found = languages.find((one) => said?.[one]);
	const words = found && said?.[found];
	return words && { words, locale: found, own: true };
}
