/** Saying what one knows well: with a network, as whatever a team is told about itself. */
import { saidAnew, type ExpertiseName } from '../domain/expertise';
import type { Id } from '../domain/id';
import { fail, ok, type Result } from '../domain/result';
import { pullAll } from '../sync/inbox';
import { connect } from '../sync/remote';
import { ring as wake } from './engine';
import { here } from './here';
import type { TeamError } from './team';

/** Of lists by name what was chosen in them; what this app does not know of is kept as it was said. */
export async function sayExpertise(
	team: Id,
	chosen: Readonly<Record<ExpertiseName, readonly string[]>>
): Promise<Result<undefined, TeamError>> {
	const now = await here();
	if (!now) return fail({ kind: 'locked' });
	const { store, session } = now;
	const rows = await store.memberships.where({ team }).toArray();
	const own = rows.filter(({ user, ended }) => user === session.account && !ended);
	if (own.length === 0) return fail({ kind: 'refused' });
	const remote = connect(location.origin, session.token);
	const outcome = await remote.write(
		own.map(({ id, knows }) => ({
			...{ collection: 'memberships', id, verb: 'update' },
			body: { knows: saidAnew(knows ?? {}, chosen) }
		}))
	);
	if (outcome.is !== 'accepted') return fail({ kind: outcome.is === 'refused' ? 'refused' : 'unreachable' });
	await pullAll(store, remote);
	wake();
	return ok(undefined);
}
