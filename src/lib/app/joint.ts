/** What is done with a case is done with all that the team works on together with it. Loads age. */
import type { Content } from '../domain/content';
import { isOf, type Folded } from '../domain/fold';
import { newestKey } from '../domain/holders';
import type { Id } from '../domain/id';
import type { Phase } from '../domain/lists';
import { isSame, partiesOf } from '../domain/parties';
import type { Case } from '../domain/records';
import { fail, ok, type Result } from '../domain/result';
import { post } from '../store/post';
import { unlocked } from './here';
import { linkedTo } from './room';
import {
	inScene,
	keyFor,
	make,
	scene,
	type Changed,
	type Closed,
	type Locked,
	type Scene,
	type Writing
} from './state';

type Act = Extract<Content, { kind: 'phase' | 'take' | 'assign' }>;
/** A case, and what is worked on in it as whoever acts saw it: what was joined since is told nothing. */
type Joint = { id: Id; linked: readonly { id: Id }[] };
type Done = Result<undefined, Locked | Closed | Changed>;

/**
 * Whoever asked for advice reads all of it, and so does everybody whose alert is worked on in this case, as far as this device
 * can seal to them now: what it can say is kept all at once, or none of it. Where others read along in one of these, as the
 * police or another team, it is told the phase alone. What is '' is not said.
 */
export function movePhase(
	joint: Joint,
	phase: Phase,
	{ reason, next, due }: { reason: string; next: string; due: string },
	begun?: Writing
): Promise<Done> {
	const said = { ...(reason && { reason }), ...(next && { next }), ...(due && { due }) };
	return act(joint, { kind: 'phase', at: Date.now(), phase, ...said }, { phase }, begun);
}

/** The person at work takes it on. */
export async function take(joint: Joint): Promise<Done> {
	const now = await unlocked();
	if (!now) return fail({ kind: 'locked' });
	return act(joint, { kind: 'take', at: Date.now() }, { owner: now.session.account });
}

/** Somebody of the team is to take it on. */
export const assign = (joint: Joint, to: Id): Promise<Done> =>
	act(joint, { kind: 'assign', at: Date.now(), to }, { owner: to });

type Change = Partial<Pick<Case, 'owner' | 'phase'>>;

async function act({ id, linked }: Joint, what: Act, change: Change, begun?: Writing): Promise<Done> {
	// Nobody is given what they asked about themselves.
	const isOwn = (one: Scene): boolean => change.owner !== undefined && change.owner === askedIn(one);
	const done = await inScene(id, async (seen) => {
		const first = isOwn(seen) ? null : await made(seen, what, change);
		if (!first) return null;
		const rest = [];
		for (const { row, folded } of await linkedTo(seen.now, seen.routing)) {
			const other = linked.some((one) => one.id === row.id) ? await scene(row.id) : null;
			if (!other || isOwn(other)) continue;
			const theirs = what.kind === 'phase' && readsAlong(seen, other) ? bare(what) : what;
			const told = isSaid(theirs, change, folded) ? null : await made(other, theirs, change);
			if (told) rest.push(told);
		}
		const all = [first, ...rest];
		return post(
			seen.now.store,
			[first.parcel, ...rest.map(({ parcel }) => parcel)],
			{
				keys: all.flatMap(({ local }) => local.keys),
				grants: all.flatMap(({ local }) => local.grants),
				entries: all.flatMap(({ local }) => local.entries)
			},
			{
				opened: all.flatMap(({ kept }) => kept.opened),
				identities: all.flatMap(({ kept }) => kept.identities),
				said: all.flatMap(({ kept }) => kept.said)
			},
			null,
			begun
		);
	});
	if (!done.ok) return done;
	if (done.value === null) return fail({ kind: 'closed' });
	return done.value === 'posted' ? ok(undefined) : fail({ kind: 'changed' });
}

const bare = ({ kind, at, phase }: Extract<Act, { kind: 'phase' }>): Act => ({ kind, at, phase });

/** Made and not kept yet; null where nothing can be said to whoever asked there. */
async function made(seen: Scene, what: Act, change: Change) {
	const found = await keyFor(seen, 'reporter');
	return found && make(seen, what, found.key, found.along, change);
}

/** Whoever asked has made the first of the keys. */
const askedIn = ({ keys }: Scene): Id | undefined => keys[0]?.maker;

/** Whether somebody reads that thread who neither asked in it nor reads this one. */
function readsAlong(here: Scene, there: Scene): boolean {
	const [ours, theirs] = [here, there].map(({ trust, keys }) => {
		const key = newestKey(keys, 'reporter');
		return key ? partiesOf(trust.ring, key, Date.now()) : [];
	});
	return !!theirs?.some(
		(party) => !('user' in party && party.user === askedIn(there)) && !ours?.some((one) => isSame(one, party))
	);
}

/** Settling what was said at the same time tells nobody anew what they know. */
function isSaid(what: Act, change: Change, { timeline, contrary, owner }: Folded): boolean {
	if (what.kind !== 'phase') return contrary.owner.length === 0 && owner === change.owner;
	const last = timeline.filter(isOf('phase')).at(-1)?.content;
	return (
		contrary.phase.length === 0 &&
		last !== undefined &&
		(['phase', 'reason', 'next', 'due'] as const).every((name) => last[name] === what[name])
	);
}
