/** Whom an alert waits for. Every one is read by a person of the team; some cannot wait for the next quiet hour. */
import type { Alert } from './alert';

/** Where what others did never stands alone. */
const ALWAYS: ReadonlySet<Alert['type']> = new Set<Alert['type']>(['threat', 'intent']);

/** Who writes that one of these would help has asked for a person. */
const PERSON: ReadonlySet<string> = new Set(['colleague', 'meeting', 'police']);

/** Its writer has no answer yet, or none that could be enough; or asked for a person, and none has answered. */
export const needsExpert = (
	{ advised, type, urgency, needs }: Pick<Alert, 'advised' | 'type' | 'urgency' | 'needs'>,
	{ asked, answered }: { asked: number | null; answered: number | null } = { asked: null, answered: null }
): boolean =>
	!advised?.length ||
	ALWAYS.has(type) ||
	urgency === 'danger' ||
	(needs ?? []).some((need) => PERSON.has(need)) ||
	(asked !== null && answered === null);
