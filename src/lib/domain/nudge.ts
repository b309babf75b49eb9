/** What a device makes of a push. Without zod: the service worker carries it. */
import type { NoticeKind, Nudge, PRESSING } from './notice';

type Pressing = (typeof PRESSING)[number];

/** Whether somebody is asked to answer for it, and which screens it leads to. */
const KINDS: {
	[K in NoticeKind]: { pressing: K extends Pressing ? true : false; to: 'own' | 'team' | 'settings' };
} = {
	danger: { pressing: true, to: 'team' },
	urgent: { pressing: true, to: 'team' },
	call: { pressing: true, to: 'team' },
	above: { pressing: true, to: 'team' },
	police: { pressing: false, to: 'team' },
	alert: { pressing: false, to: 'team' },
	message: { pressing: false, to: 'team' },
	seen: { pressing: false, to: 'own' },
	answer: { pressing: false, to: 'own' },
	test: { pressing: false, to: 'settings' },
	red: { pressing: false, to: 'settings' },
	confirm: { pressing: false, to: 'settings' }
};

/** Whether ‘I have it’ stops something. */
export const isPressing = (kind: NoticeKind): boolean => KINDS[kind].pressing;

/** The same verdict as the schema's, and the same value; null for anything else. */
export function readNudge(data: unknown): Nudge | null {
	if (typeof data !== 'object' || data === null) return null;
	const { v, id, kind, tag, token, case: of, person } = data as Record<string, unknown>;
	const isNudge =
		v === 1 &&
		fits(ID, id) &&
		typeof kind === 'string' &&
		Object.hasOwn(KINDS, kind) &&
		fits(TAG, tag) &&
		fits(TOKEN, token) &&
		(of === '' || fits(ID, of)) &&
		fits(ID, person);
	return isNudge ? ({ v, id, kind, tag, token, case: of, person } as Nudge) : null;
}

const ID = /^[a-z0-9]{15}$/;
const TAG = /^[a-z0-9-]{1,40}$/;
const TOKEN = /^[a-z0-9]{32}$/;
const fits = (shape: RegExp, value: unknown): boolean => typeof value === 'string' && shape.test(value);

/** The screen that a notice speaks of. */
export function placeOf({ kind, case: of }: Pick<Nudge, 'kind' | 'case'>): string {
	const { to } = KINDS[kind];
	if (to === 'settings') return '/settings/notices';
	if (to === 'own') return of ? `/case/${of}` : '/';
	return of ? `/team/${of}` : '/team';
}

/** Where a notice is opened: for whom, and which screen. Behind the `#`, so that no server reads it. */
export const addressOf = (nudge: Nudge): string => `/notified#${nudge.person}${placeOf(nudge)}`;

/** A person, and a screen that `placeOf` names. */
const ADDRESS = /^#([a-z0-9]{15})(\/|\/team|\/settings\/notices|\/(?:case|team)\/([a-z0-9]{15}))$/;

/** What `addressOf` says, or null where it is none. */
export function readAddress(hash: string): { person: string; to: string; case: string } | null {
	const [, person, to, of = ''] = ADDRESS.exec(hash) ?? [];
	return person && to ? { person, to, case: of } : null;
}
