/** Whom an alert waits for. Every one is read by a person of the team; some cannot wait for the next quiet hour. */
import type { Alert } from './content';

/** Where what others did never stands alone. */
const ALWAYS: ReadonlySet<Alert['type']> = new Set<Alert['type']>(['threat', 'intent']);

/** Its writer has no answer yet, or none that could be enough. */
export const needsExpert = ({
	advised,
	type,
	urgency
}: Pick<Alert, 'advised' | 'type' | 'urgency'>): boolean =>
	!advised?.length || ALWAYS.has(type) || urgency === 'danger';
