/** What a team has made of the alert's form: which answers it offers, in whose words, and what it says beside them. */
import * as z from 'zod/mini';
import { OwnKey } from './alert';

/** Characters of its JSON: it goes to everybody with the public facts. The server counts the same. */
export const FORM_MAX = 60_000;
/** Characters of one answer in one language. */
export const WORD_MAX = 120;
/** Characters of what stands beside the form, in one language. */
export const TEXT_MAX = 1_000;
/** Answers that a team adds to one list. */
export const OWN_MAX = 20;
const HIDDEN_MAX = 60;

/** Of a list, an answer, a language. Open, so that an older app and an older server keep what a newer one knows. */
const Key = z.string().check(z.regex(/^[a-z][a-z0-9_]{0,39}$/));
const byLanguage = (max: number) => z.record(Key, z.string().check(z.maxLength(max)));

/** Keys are stored in alerts and stay; a team hides them, says them in other words, and adds its own. */
const ListChange = z.object({
	hidden: z._default(z.array(Key).check(z.maxLength(HIDDEN_MAX)), []),
	words: z._default(z.record(Key, byLanguage(WORD_MAX)), {}),
	/** In their order, after the others. Their words stand in `words`. */
	own: z._default(z.array(OwnKey).check(z.maxLength(OWN_MAX)), [])
});

const shape = {
	/** The language that the team speaks: what it says in no other is said in this one. */
	main: z.optional(Key),
	/** By the names of `LISTS`. */
	lists: z._default(z.record(Key, ListChange), {}),
	/** Local duties to report, and of secrecy. */
	duties: z._default(byLanguage(TEXT_MAX), {}),
	/** Whom to tell first in the own institution. */
	first: z._default(byLanguage(TEXT_MAX), {}),
	/** Digits to call in danger; '' is the country's. */
	emergency: z._default(z.string().check(z.regex(/^\d{0,6}$/)), ''),
	/** How similar is similar enough; the app's own measure where it is not said. */
	similar: z.optional(z.enum(['close', 'usual', 'wide'])),
	/** Whether the writer is shown advice before the alert goes, and then says whether it goes. */
	ask: z._default(z.boolean(), false)
};
const isSmall = z.custom((form) => JSON.stringify(form ?? null).length <= FORM_MAX);

/** Public with the team's name, since an alert may come from somebody without an account. */
export const TeamForm: z.ZodMiniType<TeamForm> = z.pipe(isSmall, z.looseObject(shape));
export type TeamForm = z.infer<z.ZodMiniObject<typeof shape>>;
export type ListChange = z.infer<typeof ListChange>;
