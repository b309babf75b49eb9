import type { Write } from '../domain/outbox';
/** The printed recovery key is used: whoever has the paper coordinates the team, and its roll says how. */
import { identityVia } from '../crypto/keyring';
import { digestOf, signingKey } from '../crypto/proof';
import { SPARE_PAPER, spareOf } from '../crypto/spare';
import { readWords, type Misread } from '../crypto/words';
import type { Id } from '../domain/id';
import { LOCALES } from '../domain/lists';
import { fail, type Result } from '../domain/result';
import { keysFields } from '../domain/signed';

import { linkWrite } from '../sync/admission';
import { create, freshId, grantTo } from '../sync/outgoing';
import { takeOver } from '../sync/recovery';
import { readTrust } from '../sync/trust';
import { wordList } from '../words/lists';
import { device, unlocked } from './here';
import { asCoordinator, order, type TeamError } from './team';

export type PaperError = TeamError | { kind: 'misread'; misread: Misread } | { kind: 'wrong' | 'paused' };

/** Can be done again: what is on the roll, and what was granted, is not written twice. */
export async function usePaper(team: Id, typed: string): Promise<Result<undefined, PaperError>> {
	const now = await unlocked();
	const account = now && (await device.account(now.session.account));
	if (!now || !account) return fail({ kind: 'locked' });
	const lists = await Promise.all(LOCALES.map(wordList));
	const read = await readWords(typed, SPARE_PAPER, lists);
	if (!read.ok) return fail({ kind: 'misread', misread: read.error });

	const paper = await spareOf(read.value, account.instance, team);
	const shown = { team, ticket: paper.ticket, membership: freshId() };
	const answer = await takeOver(shown, now.session.token);
	if (answer !== 'done') return fail({ kind: answer });

	const taken = await asCoordinator(
		() => Promise.resolve(team),
		async ({ roll, me }) => {
			if (roll.spare?.verifier !== paper.verifier) return null;
			const at = Date.now();
			const writes: Write[] = [];
			const keys = await digestOf(keysFields(account.instance, account.id, account));
			const seat = roll.seats[account.id];
			if (!seat?.paper || seat.keys !== keys || seat.role !== 'coordinator' || seat.left > 0) {
				const { id: user, verifier } = account;
				const role = 'coordinator' as const;
				const act = { do: 'admit' as const, user, keys, verifier, role, until: 0, met: false };
				const hand = { user, key: await signingKey(paper.seed), certificate: null };
				writes.push((await linkWrite(roll, act, hand, at, 'spare')).write);
			}
			const { ring } = await readTrust(now.store, await device.rolls());
			for (const { key } of roll.circles) {
				const mine = ring.grants.some((one) => one.key === key && one.user === account.id && !one.ended);
				const identity = mine ? null : await identityVia(key, roll.spare.key, paper.identity, ring);
				if (!identity) continue;
				const to = { user: account.id };
				writes.push(create('grants', await grantTo(to, account.recipient, key, { identity }, me.hand)));
			}
			return writes.length > 0 ? [writes] : [];
		}
	);
	return taken.ok ? order(team) : taken;
}
