/**
 * What a member of a team knows well, in keys of lists. It is said of oneself, for the others who work on the team's cases:
 * to find who could help with one, and no judgement of anybody. What cases say is compared with it, and nothing more.
 */
import * as z from 'zod/mini';
import { isOwn, SETTINGS, THEMES, TYPES } from './lists';

/** Of extremism: for those who work on cases, and never shown to whoever asks for advice. Apart from the lists of the alert. */
const STRANDS = [
	'right_wing',
	'islamist',
	'left_wing',
	'foreign_nationalist',
	'misogynist',
	'conspiracy',
	'mixed',
	'single_issue'
] as const;
export type Strand = (typeof STRANDS)[number];

/** Characters of its JSON, as the server counts them. */
export const KNOWS_MAX = 4_000;
/** Of one list. */
export const KNOWS_LIST_MAX = 60;

/** What can be said, by the name of its list. */
export const EXPERTISE = { theme: THEMES, type: TYPES, setting: SETTINGS, strand: STRANDS } as const;
export type ExpertiseName = keyof typeof EXPERTISE;

const Key = z.string().check(z.regex(/^[a-z][a-z0-9_]{0,39}$/));
const isSmall = z.custom((knows) => JSON.stringify(knows ?? null).length <= KNOWS_MAX);

/** Open, so that an older app and an older server keep what a newer one knows. A team's own answers may be among the keys. */
export const Knows: z.ZodMiniType<Knows> = z.pipe(
	isSmall,
	z.record(Key, z.array(Key).check(z.maxLength(KNOWS_LIST_MAX)))
);
export type Knows = Record<string, string[]>;

/** Whether anything is said. */
export const saysAnything = (knows: Knows | undefined): boolean =>
	Object.values(knows ?? {}).some((keys) => keys.length > 0);

/** Whether something in a case is what somebody knows well. `setting` is null where the alert does not say or open it. */
export const isVersed = (
	knows: Knows | undefined,
	about: { theme: string; type: string; setting: string | null }
): boolean =>
	(['theme', 'type', 'setting'] as const).some(
		(name) => knows?.[name]?.some((key) => key === about[name]) ?? false
	);

/** What somebody has chosen in a form; of what was said before, all that this app has no words for stays. */
export function saidAnew(before: Knows, chosen: Readonly<Record<ExpertiseName, readonly string[]>>): Knows {
	const anew = Object.entries(chosen).map(([name, keys]): [string, string[]] => {
		const known: readonly string[] = EXPERTISE[name as ExpertiseName];
		const foreign = (before[name] ?? []).filter((key) => !known.includes(key) && !isOwn(key));
		return [name, [...keys.filter((key) => !foreign.includes(key)), ...foreign]];
	});
	return { ...before, ...Object.fromEntries(anew) };
}
