/** What is pressing and waits for somebody to say ‘I have it’; and whether who would be told can be reached. */
import { climbOf, type Climb } from '../domain/climb';
import type { Id } from '../domain/id';
import type { Ladder } from '../domain/ladder';
import type { Points } from '../domain/notice';
import { fail, ok, type Result } from '../domain/result';
import { pullAll } from '../sync/inbox';
import { connect, type Remote } from '../sync/remote';
import { here, type Here } from './here';
import { teamName } from './referrals';

/** Somebody was told of a case that they may not open: `call` asks for a call, `above` says that a team below answers not. */
export type Call = Climb & { is: 'call' | 'above'; teamName: string };

/** Nobody has said so yet, or this person has, a day ago at most. Oldest first. */
export async function calls(): Promise<Call[]> {
	const now = await here();
	if (!now) return [];
	const { store, session } = now;
	const rows = (await store.ladders.toArray()).filter(
		({ had, over, by }) =>
			over === '' && (had === '' || (by === session.account && Date.parse(had) > Date.now() - DAY))
	);
	const open = new Set((await store.cases.bulkGet(rows.map((row) => row.case))).map((row) => row?.id));
	const closed = rows.filter((row) => !open.has(row.case));
	const found = await Promise.all(closed.map((row) => callOf(row, now)));
	return found.flat().sort((a, b) => (a.steps[0]?.at ?? 0) - (b.steps[0]?.at ?? 0));
}

async function callOf(row: Ladder, { store, session: { account } }: Here): Promise<Call[]> {
	const climb = climbOf(row);
	const seats = await store.memberships.where({ user: account }).toArray();
	const role = seats.find(({ team, ended }) => team === row.team && !ended)?.role;
	const wasIn = seats.some(({ team }) => team === row.team);
	const isAbove = seats.some(({ team, ended }) => team === row.above && !ended);
	// Whoever has left the team is asked nothing by it: this is of before.
	if (wasIn && !role && !isAbove) return [];
	// Who works on the team's cases has this one, or will in a moment.
	if (role === 'expert' || role === 'coordinator') return [];
	return [{ ...climb, is: role ? 'call' : 'above', teamName: await teamName(row.team) }];
}

const DAY = 86_400_000;

/** Needs the network: the others are spared only by what has arrived. */
export async function have(ladder: Id): Promise<Result<undefined, { kind: 'unreachable' | 'refused' }>> {
	const found = await line();
	if (!found) return fail({ kind: 'unreachable' });
	const outcome = await found.remote.have(ladder);
	if (outcome.is !== 'accepted') return fail({ kind: outcome.is });
	await pullAll(found.now.store, found.remote);
	return ok(undefined);
}

/** Each contact point of a team with its light, as the server says now; to others than a coordinator the own alone. */
export async function points(team: Id): Promise<Result<Points, { kind: 'unreachable' }>> {
	const said = await (await line())?.remote.points(team);
	return said?.ok ? said : fail({ kind: 'unreachable' });
}

/** Has the server send a test to each of one's own devices. `soon`: one was sent within a minute. */
export async function askForTest(): Promise<'asked' | 'soon' | 'none' | 'unreachable'> {
	const remote = (await line())?.remote;
	const mine = await remote?.myNotices();
	if (!remote || !mine?.ok) return 'unreachable';
	if (mine.value.devices.length === 0) return 'none';
	const answers = await Promise.all(
		mine.value.devices.map(({ id }) => remote.setNotices('POST', `device/${id}`))
	);
	if (answers.includes(204)) return 'asked';
	return answers.includes(429) ? 'soon' : 'unreachable';
}

async function line(): Promise<{ now: Here; remote: Remote } | null> {
	const now = await here();
	return now && { now, remote: connect(location.origin, now.session.token) };
}
