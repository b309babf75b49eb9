/** Stating something to an audience: its key is made, or made anew, in the same act where that is due. */
import type { Pair } from '#age';
import { keep } from '../crypto/vault';
import { Content as Readable, type Content, type Party } from '../domain/content';
import type { EntryHeader } from '../domain/envelope';
import { isHolder, keysOf, newestKey } from '../domain/holders';
import type { Id } from '../domain/id';
import type { Audience } from '../domain/lists';
import { openedContext, type Opened } from '../domain/opened';
import { isOutdated, partiesOf } from '../domain/parties';
import type { Case, Grant, Key } from '../domain/records';
import { fail, ok, type Result } from '../domain/result';
import { post, type Posted } from '../store/post';
import type { Write } from '../domain/outbox';
import { makeAudience, readerFor } from '../sync/audience';
import { makeStatement } from '../sync/outgoing';
import { readTrust, type Trust } from '../sync/trust';
import { author, inTurn, nextTurn } from './author';
import { ring as wake } from './engine';
import { device, unlocked, type Here } from './here';

export type Locked = { kind: 'locked' };
/** The case has no such audience for this person, or no more. */
export type Closed = { kind: 'closed' };
/** Another tab has said it, or has other words there now. */
export type Changed = { kind: 'changed' };
type Unlocked = Here & { vault: CryptoKey };
/** A case as a writer sees it: its routing, and its genuine keys. */
export type Scene = { now: Unlocked; routing: Case; trust: Trust; keys: readonly Key[] };
/** Which writing of what was begun: of two tabs that say the same one does. */
export type Writing = { id: string; at: number };
/** What goes along with a statement in its batch, and what this device knows of it before the server does. */
export type Along = { writes: Write[]; keys: Key[]; grants: Grant[]; pairs: (Pair & { key: Id })[] };

export const NOTHING: Along = { writes: [], keys: [], grants: [], pairs: [] };

/** The case, when this device is unlocked and can read any of it. */
export async function scene(id: Id): Promise<Scene | null> {
	const now = await unlocked();
	const routing = await now?.store.cases.get(id);
	if (!now || !routing) return null;
	const trust = await readTrust(now.store, await device.rolls(), id);
	return { now, routing, trust, keys: keysOf(trust.ring, id) };
}

/**
 * Says `content` to an audience. `change` moves the case's routing hints along; `begun` is which writing of which begun
 * words it was, and goes with it.
 */
export async function state(
	id: Id,
	audience: Audience,
	content: Content,
	change: Partial<Pick<Case, 'owner' | 'phase'>> = {},
	begun?: Writing
): Promise<Result<undefined, Locked | Closed | Changed>> {
	const done = await inScene(id, async (seen) => {
		const found = await keyFor(seen, audience);
		return found && write(seen, content, found.key, found.along, change, begun);
	});
	if (!done.ok) return done;
	if (done.value === null) return fail({ kind: 'closed' });
	return done.value === 'posted' ? ok(undefined) : fail({ kind: 'changed' });
}

/** Runs in turn with whatever else is said on this device, in any tab. */
export async function inScene<T>(id: Id, act: (seen: Scene) => Promise<T>): Promise<Result<T, Locked>> {
	const now = await unlocked();
	if (!now) return fail({ kind: 'locked' });
	const done = await inTurn(now, async (): Promise<Result<T, Locked>> => {
		const seen = await scene(id);
		return seen && seen.keys.length > 0 ? ok(await act(seen)) : fail({ kind: 'locked' });
	});
	if (done.ok) wake();
	return done;
}

/** The audience's newest key; a new one where there is none yet, or where somebody who has left could still read. */
export async function keyFor(seen: Scene, audience: Audience): Promise<{ key: Key; along: Along } | null> {
	const key = newestKey(seen.keys, audience);
	const at = Date.now();
	// Of another audience's first key the name may be known, and nobody is let in by that.
	if (key && !isHolder(seen.trust.ring, key, seen.now.session.account)) return null;
	if (key && !isOutdated(seen.trust.ring, key, at)) return { key, along: NOTHING };
	const parties = key ? partiesOf(seen.trust.ring, key, at) : usual(audience, seen.routing.team);
	return parties && newKey(seen, audience, key, parties);
}

/**
 * A new key for an audience, open to `parties`. A person to whom nothing can be sealed now is left out; without a circle
 * there is none, since a whole team would read no more and nobody notice.
 */
export async function newKey(
	{ now, routing, trust }: Scene,
	audience: Audience,
	before: Key | null,
	parties: readonly Party[]
): Promise<{ key: Key; along: Along } | null> {
	const me = await author(now);
	if (!me) throw new Error('an unlocked device has its author');
	if (parties.some((party) => 'circle' in party && !readerFor(trust, party))) return null;
	const place = { team: routing.team, case: routing.id, name: audience, before: before?.id ?? '' };
	const readers = parties.flatMap((party) => readerFor(trust, party) ?? []);
	const { key, pair, grants, writes } = await makeAudience(place, me, readers);
	return { key, along: { writes, keys: [key], grants, pairs: [{ ...pair, key: key.id }] } };
}

export async function write(
	seen: Scene,
	content: Content,
	key: Key,
	along: Along,
	change: Partial<Pick<Case, 'owner' | 'phase'>> = {},
	begun?: Writing
): Promise<Posted> {
	const { parcel, local, kept } = await make(seen, content, key, along, change);
	return post(seen.now.store, parcel, local, kept, null, begun);
}

/** A statement, and what this device is to know of it: nothing of it is kept yet. */
export async function make(
	{ now, routing }: Scene,
	content: Content,
	key: Key,
	along: Along,
	change: Partial<Pick<Case, 'owner' | 'phase'>> = {}
) {
	const me = await author(now);
	if (!me) throw new Error('an unlocked device has its author');
	const { vault } = now;
	// What no reader could parse is not sealed: nothing of it is lost that way, and the words stay where they were typed.
	Readable.parse(content);
	const turn = await nextTurn(now, key);
	const made = await makeStatement(content, routing, key, me, turn, change, Date.now(), along.writes);
	const { keys, grants, pairs } = along;
	return {
		parcel: made.parcel,
		local: { keys, grants, entries: [made.entry] },
		kept: {
			opened: [await openedRow(vault, made.header, content)],
			identities: await Promise.all(pairs.map((pair) => identityRow(vault, pair))),
			said: [{ key: key.id, seq: turn.seq }]
		}
	};
}

export const identityRow = async (vault: CryptoKey, { key, identity }: Pair & { key: Id }) => ({
	id: key,
	box: await keep(vault, identity, `identity|${key}`)
});

export async function openedRow(vault: CryptoKey, header: EntryHeader, content: Content) {
	const { entry: id, case: kase } = header;
	return { id, case: kase, box: await keep(vault, { content, header } satisfies Opened, openedContext(id)) };
}

/**
 * Who reads an audience that nobody has written to yet; null for one that is never made that way. The police are in
 * none: they are let in by an act of their own.
 */
function usual(audience: Audience, team: Id): Party[] | null {
	if (audience === 'team') return [{ team, circle: 'members' }];
	return audience === 'narrow' ? [{ team, circle: 'coordinators' }] : null;
}
