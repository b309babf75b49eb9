/** The lists an alert chooses from. Keys are stored and stay; labels live in `i18n` as `type_threat` and the like. */

export const THEMES = ['radicalisation', 'polarisation', 'hate'] as const;

export const TYPES = [
	'worrying_change',
	'propaganda',
	'hate_speech',
	'everyday_intolerance',
	'threat',
	'harassment',
	'violence',
	'family_violence',
	'property_damage',
	'recruitment',
	'glorification',
	'conspiracy',
	'anti_democratic',
	'leaving_to_join',
	'group_conflict',
	'intent',
	'return',
	'exit',
	'disinformation',
	'question',
	'other'
] as const;

export const SETTINGS = [
	'classroom',
	'school_grounds',
	'university',
	'youth_club',
	'sport',
	'street',
	'online_open',
	'online_closed',
	'mass_media',
	'family',
	'workplace',
	'worship',
	'residential_care',
	'health',
	'refugee_housing',
	'housing',
	'prison',
	'event',
	'other'
] as const;

/** What the hate or the contempt is about. */
export const MOTIVES = [
	'racist',
	'nationality',
	'anti_migrant',
	'antisemitic',
	'anti_roma',
	'anti_muslim',
	'anti_christian',
	'other_religion',
	'gender',
	'sexual',
	'disability',
	'political',
	'social_status',
	'other',
	'none',
	'unknown'
] as const;

/** Where the harm comes from. */
export const SOURCES = ['pupil', 'group', 'adult', 'staff', 'organisation', 'online', 'unknown'] as const;

export const AGES = ['under_10', 'from_10', 'from_14', 'from_18', 'over_25', 'mixed', 'unknown'] as const;

/** How the writer knows. */
export const WAYS_TO_KNOW = ['witnessed', 'told', 'found_online', 'documents'] as const;

export const CERTAINTIES = ['certain', 'likely', 'unsure'] as const;

export const NEEDS = [
	'advice',
	'colleague',
	'meeting',
	'police',
	'victim_support',
	'legal',
	'own_safety'
] as const;

export const URGENCIES = ['calm', 'soon', 'urgent', 'danger'] as const;

export const PHASES = [
	'received',
	'intake',
	'assessed',
	'planned',
	'follow_up',
	'long_term',
	'paused',
	'reviewed',
	'redirected',
	'closed',
	'evaluated'
] as const;

export const SECTORS = [
	'school',
	'youth_work',
	'social_work',
	'child_protection',
	'family_support',
	'health',
	'police',
	'justice',
	'municipality',
	'government',
	'civil_society',
	'community',
	'housing',
	'sport',
	'advice_centre',
	'employment',
	'victim_support',
	'exit_work',
	'media',
	'prison',
	'research',
	'other'
] as const;

export const ROLES = ['expert', 'police', 'coordinator', 'guest'] as const;

export const CIRCLES = ['members', 'police', 'coordinators'] as const;

/** Who may read an entry of a case, by the name of its key. */
export const AUDIENCES = ['reporter', 'team', 'narrow', 'invited'] as const;

/** On what an opening rests, apart from consent. */
export const BASES = ['child_protection', 'public_task', 'vital_interest', 'legal_duty', 'other'] as const;

/** Who has agreed to an opening: the person concerned, a guardian, by release from secrecy, or nobody. */
export const CONSENTS = ['given', 'guardian', 'released', 'none'] as const;

export const LOCALES = ['en', 'pl', 'de', 'ro', 'hu'] as const;

/** The lists of the alert's form, by the name under which a team may change their words. */
export const LISTS = {
	theme: THEMES,
	type: TYPES,
	motive: MOTIVES,
	source: SOURCES,
	setting: SETTINGS,
	age: AGES,
	known: WAYS_TO_KNOW,
	certainty: CERTAINTIES,
	need: NEEDS,
	urgency: URGENCIES
} as const;
export type ListName = keyof typeof LISTS;

/** An answer that a team has added to a list of its own. It says nothing that could be compared. */
export type Own = `own_${string}`;

/** Whether an answer is a team's own. One of the app's is called so, too. */
export const isOwn = (key: string): key is Own =>
	/^own_[a-z0-9]{1,24}$/.test(key) && key !== ('own_safety' satisfies Need);

export type Theme = (typeof THEMES)[number];
export type Type = (typeof TYPES)[number];
export type Setting = (typeof SETTINGS)[number];
export type Motive = (typeof MOTIVES)[number];
export type Source = (typeof SOURCES)[number];
export type Age = (typeof AGES)[number];
export type WayToKnow = (typeof WAYS_TO_KNOW)[number];
export type Certainty = (typeof CERTAINTIES)[number];
export type Need = (typeof NEEDS)[number];
export type Urgency = (typeof URGENCIES)[number];
export type Phase = (typeof PHASES)[number];
export type Role = (typeof ROLES)[number];
export type Circle = (typeof CIRCLES)[number];
export type Audience = (typeof AUDIENCES)[number];
export type Basis = (typeof BASES)[number];
export type Consent = (typeof CONSENTS)[number];
export type Locale = (typeof LOCALES)[number];
