import type { Write } from '../domain/outbox';
/** Opening an audience of a case to somebody more, and taking that back. Loads age. */
import type { Content, Opening, Party } from '../domain/content';
import { genuineGrants, newestKey } from '../domain/holders';
import type { Id } from '../domain/id';
import type { Audience } from '../domain/lists';
import { isSame, partiesOf, partyOf } from '../domain/parties';
import { fail, ok, type Result } from '../domain/result';

import { readerFor } from '../sync/audience';
import { openIdentities } from '../sync/opening';
import { create, grantTo, serverTime } from '../sync/outgoing';
import { author } from './author';
import { inScene, newKey, write, type Along, type Closed, type Locked } from './state';
import { mayEnd } from './readers';

export type Agreed = Pick<Opening, 'basis' | 'consent' | 'reason'>;
type Unopenable = Locked | { kind: 'not_trusted' };

/** Lets somebody read an audience, all of it from the start, and writes down on what that rests. */
export async function openTo(
	id: Id,
	audience: Audience,
	to: Party,
	agreed: Agreed
): Promise<Result<undefined, Unopenable>> {
	const done = await inScene(id, async (seen) => {
		const { now, trust, keys } = seen;
		const reader = readerFor(trust, to);
		const me = await author(now);
		const newest = newestKey(keys, audience);
		if (!reader || !newest || !me) return false;
		const identities = await openIdentities(now.store, now.vault, now.session.account, trust.ring.rolls);
		const along: Along = { writes: [], keys: [], grants: [], pairs: [] };
		for (const key of keys.filter(({ name }) => name === audience)) {
			const identity = await identities(key.id);
			if (!identity) continue;
			const { recipient, ...whom } = reader;
			along.grants.push(await grantTo(whom, recipient, key.id, { identity }, me.hand));
		}
		along.writes.push(...along.grants.map((grant) => create('grants', grant)));
		const content: Content = { kind: 'opening', at: Date.now(), audience, to, ...agreed };
		await write(seen, content, newest, along);
		return true;
	});
	if (!done.ok) return done;
	return done.value ? ok(undefined) : fail({ kind: 'not_trusted' });
}

/**
 * Ends what was opened: a new key for what comes after, without that party. What was read stays read. The earlier grants
 * end too, those that this person may end.
 */
export async function withdraw(
	id: Id,
	audience: Audience,
	from: Party,
	reason: string
): Promise<Result<undefined, Locked | Closed>> {
	const done = await inScene(id, async (seen) => {
		const { now, trust, keys } = seen;
		const newest = newestKey(keys, audience);
		if (!newest) return false;
		const at = Date.now();
		const rest = partiesOf(trust.ring, newest, at).filter((party) => !isSame(party, from));
		const made = await newKey(seen, audience, newest, rest);
		if (!made) return false;
		const { key, along } = made;
		const ended = serverTime(at);
		const gone = keys
			.filter(({ name }) => name === audience)
			.flatMap((one) => genuineGrants(trust.ring, one))
			.filter((grant) => {
				const to = partyOf(trust.ring, grant);
				const isTheirs = to !== null && isSame(to, from) && grant.ended === '';
				return isTheirs && mayEnd(trust.ring, grant, newest.team, now.session.account);
			});
		const ends = gone.map(({ id: grant }): Write => ({
			...{ collection: 'grants', id: grant, verb: 'update', body: { ended } }
		}));
		const content: Content = { kind: 'withdrawal', at, audience, from, reason };
		await write(seen, content, key, {
			...along,
			writes: [...along.writes, ...ends],
			grants: [...along.grants, ...gone.map((grant) => ({ ...grant, ended }))]
		});
		return true;
	});
	if (!done.ok) return done;
	return done.value ? ok(undefined) : fail({ kind: 'closed' });
}
