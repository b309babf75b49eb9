/** The composition root: what screens may ask and do. Everything that reads may stand in a live query. */
import * as cases from './app/cases';
import * as drafts from './app/drafts';
import { follow, ring } from './app/engine';
import * as session from './app/session';

export type { CaseLine, Room } from './app/cases';
export type { DraftLine, PhotoError } from './app/drafts';
export type { Me } from './app/session';
type Acts = typeof import('./app/acts');

const acts = (): Promise<Acts> => import('./app/acts');

/** Once, from the root layout: after it `me` answers for this device. */
async function start(): Promise<void> {
	await session.lockIfIdle();
	await drafts.clearDropped();
	follow();
	const refreshed = session.refreshFacts();
	if (!(await session.facts())) await refreshed;
}

export const app = {
	start,
	facts: session.facts,
	me: session.me,
	signIn: session.signIn,
	unlock: session.unlock,
	lock: session.lock,
	lockIfIdle: session.lockIfIdle,
	touch: session.touch,
	signOut: session.signOut,
	found: session.found,

	drafts: drafts.drafts,
	newDraft: drafts.newDraft,
	draft: drafts.draft,
	saveDraft: drafts.saveDraft,
	discardDraft: drafts.discardDraft,
	restoreDraft: drafts.restoreDraft,
	attach: drafts.attach,
	draftPhoto: drafts.draftPhoto,

	alerts: cases.alerts,
	queue: cases.queue,
	room: cases.room,
	waiting: cases.waiting,

	send: async (...given: Parameters<Acts['send']>) => (await acts()).send(...given),
	say: async (...given: Parameters<Acts['say']>) => (await acts()).say(...given),
	take: async (...given: Parameters<Acts['take']>) => (await acts()).take(...given),
	movePhase: async (...given: Parameters<Acts['movePhase']>) => (await acts()).movePhase(...given),
	opened: async (...given: Parameters<Acts['opened']>) => (await acts()).opened(...given),
	photo: async (...given: Parameters<Acts['photo']>) => (await acts()).photo(...given),
	tryNow: async (): Promise<void> => Promise.resolve(ring())
};
export type App = typeof app;
