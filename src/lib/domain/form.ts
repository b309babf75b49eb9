/** What a team has made of the alert's form: which answers it offers, in whose words, and what it says beside them. */
import * as z from 'zod/mini';
import { OwnKey } from './content';
import { LISTS, LOCALES, type ListName } from './lists';

const said = (max: number) =>
	z._default(z.partialRecord(z.enum(LOCALES), z.string().check(z.maxLength(max))), {});

/** Keys are stored in alerts and stay; a team hides them, says them in other words, and adds its own. */
const ListChange = z.object({
	hidden: z._default(z.array(z.string().check(z.maxLength(40))).check(z.maxLength(40)), []),
	words: z._default(z.record(z.string().check(z.maxLength(40)), said(120)), {}),
	/** In their order, after the others. Their words stand in `words`. */
	own: z._default(z.array(OwnKey).check(z.maxLength(20)), [])
});

/** Public with the team's name, since an alert may come from somebody without an account. */
export const TeamForm = z.object({
	lists: z._default(z.partialRecord(z.enum(Object.keys(LISTS) as [ListName]), ListChange), {}),
	/** Local duties to report, and of secrecy. */
	duties: said(1_000),
	/** Whom to tell first in the own institution. */
	first: said(1_000),
	/** Digits to call in danger; '' is the country's. */
	emergency: z._default(z.string().check(z.regex(/^\d{0,6}$/)), ''),
	/** How similar is similar enough; the app's own measure where it is not said. */
	similar: z.optional(z.enum(['close', 'usual', 'wide'])),
	/** Whether the writer is shown advice before the alert goes, and then says whether it goes. */
	ask: z._default(z.boolean(), false)
});
export type TeamForm = z.infer<typeof TeamForm>;

export const offered = <L extends ListName>(
	form: TeamForm | undefined,
	list: L
): readonly (typeof LISTS)[L][number][] => LISTS[list];
