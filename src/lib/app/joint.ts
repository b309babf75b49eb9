/** Moving a case on, and with it whatever the team works on together with it. Loads age. */
import type { Content } from '../domain/content';
import { isOf, type Folded } from '../domain/fold';
import { newestKey } from '../domain/holders';
import type { Id } from '../domain/id';
import type { Phase } from '../domain/lists';
import { isSame, partiesOf } from '../domain/parties';
import { fail, ok, type Result } from '../domain/result';
import { post } from '../store/post';
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

type Move = Extract<Content, { kind: 'phase' }>;

/**
 * Whoever asked for advice reads all of it, and so does everybody whose alert is worked on in this case, as far as this device
 * can seal to them now: what it can say is kept all at once, or none of it. Where others read along in one of these, as the
 * police or another team, it is told the phase alone. `linked`: as whoever says it saw it; what was joined since is told
 * nothing. What is '' is not said.
 */
export async function movePhase(
	{ id, linked }: { id: Id; linked: readonly { id: Id }[] },
	phase: Phase,
	{ reason, next, due }: { reason: string; next: string; due: string },
	begun?: Writing
): Promise<Result<undefined, Locked | Closed | Changed>> {
	const move: Move = {
		...{ kind: 'phase', at: Date.now(), phase },
		...(reason && { reason }),
		...(next && { next }),
		...(due && { due })
	};
	const done = await inScene(id, async (seen) => {
		const first = await moved(seen, move);
		if (!first) return null;
		const rest = [];
		for (const { row, folded } of await linkedTo(seen.now, seen.routing)) {
			const other = linked.some((one) => one.id === row.id) ? await scene(row.id) : null;
			if (!other) continue;
			const { kind, at } = move;
			const theirs: Move = readsAlong(seen, other) ? { kind, at, phase } : move;
			const made = isSaid(theirs, folded) ? null : await moved(other, theirs);
			if (made) rest.push(made);
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

/** Made and not kept yet; null where nothing can be said to whoever asked there. */
async function moved(seen: Scene, move: Move) {
	const found = await keyFor(seen, 'reporter');
	return found && make(seen, move, found.key, found.along, { phase: move.phase });
}

/** Whether somebody reads that thread who neither asked in it nor reads this one. */
function readsAlong(here: Scene, there: Scene): boolean {
	// Whoever asked has made the first of the keys.
	const asked = there.keys[0]?.maker;
	const [ours, theirs] = [here, there].map(({ trust, keys }) => {
		const key = newestKey(keys, 'reporter');
		return key ? partiesOf(trust.ring, key, Date.now()) : [];
	});
	return !!theirs?.some(
		(party) => !('user' in party && party.user === asked) && !ours?.some((one) => isSame(one, party))
	);
}

/** Settling what was said at the same time tells nobody anew what they know. */
function isSaid(move: Move, { timeline, contrary }: Folded): boolean {
	const last = timeline.filter(isOf('phase')).at(-1)?.content;
	return (
		contrary.phase.length === 0 &&
		last !== undefined &&
		(['phase', 'reason', 'next', 'due'] as const).every((name) => last[name] === move[name])
	);
}
