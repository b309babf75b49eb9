import type { Store } from '../store/person';
import { dropSummaries } from '../store/summaries';

/**
 * What this person may no longer open goes from the device: keys, what was opened with them, what
 * was summed up of it, and its pictures; and how a team was told that they have left. What
 * the person has made is kept: no word of the server takes away what somebody wrote.
 */
export async function forgetLost(store: Store, user: string): Promise<void> {
	const grants = await store.grants.toArray();
	const mine = grants.filter((grant) => grant.user === user);
	const circles = new Set(mine.map(({ key }) => key));
	const open = new Set(mine.filter(({ ended }) => ended === '').map(({ key }) => key));
	const reaching = [...mine, ...grants.filter(({ via }) => circles.has(via))];
	const held = new Set(
		reaching
			.filter((grant) => grant.ended === '' && (grant.user === user || open.has(grant.via)))
			.map(({ key }) => key)
	);
	const made = new Set((await store.keys.toArray()).flatMap(({ id, maker }) => (maker === user ? [id] : [])));
	await forgetClimbs(store, user, new Set([...held, ...made]));
	const lost = [...new Set(reaching.map(({ key }) => key))].filter((key) => !held.has(key) && !made.has(key));
	if (lost.length === 0) return;

	await store.transaction('rw', store.tables, async () => {
		// What was not sent yet is here alone.
		const entries = await store.entries.filter(({ key, rev }) => rev > 0 && lost.includes(key)).toArray();
		const blobs = await store.blobs.filter(({ key }) => lost.includes(key)).toArray();
		await store.identities.bulkDelete(lost);
		await store.opened.bulkDelete(entries.map(({ id }) => id));
		await dropSummaries(
			store,
			entries.map((entry) => entry.case)
		);
		await store.entries.bulkDelete(entries.map(({ id }) => id));
		await store.files.bulkDelete(blobs.map(({ file }) => file));
		await store.blobs.bulkDelete(blobs.map(({ id }) => id));
		await store.cases.bulkDelete(
			await strange(store, user, new Set(entries.map((entry) => entry.case)), held)
		);
	});
}

/**
 * How a team of old was told of its cases is no more for this person, but where they can open the case all the same, or work in
 * the team above that was told as well.
 */
async function forgetClimbs(store: Store, user: string, opens: ReadonlySet<string>): Promise<void> {
	const seats = await store.memberships.where({ user }).toArray();
	const now = new Set(seats.flatMap(({ team, ended }) => (ended === '' ? [team] : [])));
	const old = new Set(seats.flatMap(({ team }) => (now.has(team) ? [] : [team])));
	if (old.size === 0) return;
	const rows = await store.ladders
		.filter(({ team, above }) => (old.has(team) || now.size === 0) && !(above && now.has(above)))
		.toArray();
	const keys = await store.keys
		.where('case')
		.anyOf(rows.map((row) => row.case))
		.toArray();
	const open = new Set(keys.flatMap((key) => (opens.has(key.id) ? [key.case] : [])));
	await store.ladders.bulkDelete(rows.flatMap((row) => (open.has(row.case) ? [] : [row.id])));
}

/** Of these cases those of which nothing is left here, and that no team of this person works on. */
async function strange(
	store: Store,
	user: string,
	cases: ReadonlySet<string>,
	held: ReadonlySet<string>
): Promise<string[]> {
	const seats = await store.memberships.where({ user }).toArray();
	const teams = seats.flatMap(({ team, role, ended }) =>
		ended === '' && ['expert', 'coordinator'].includes(role) ? [team] : []
	);
	const keys = await store.keys
		.where('case')
		.anyOf([...cases])
		.toArray();
	const open = new Set(keys.filter(({ id }) => held.has(id)).map((key) => key.case));
	const rows = await store.cases.bulkGet([...cases]);
	const left = new Set(
		(
			await store.entries
				.where('case')
				.anyOf([...cases])
				.toArray()
		).map((entry) => entry.case)
	);
	return rows.flatMap((row) =>
		row && !left.has(row.id) && !open.has(row.id) && !teams.includes(row.team) ? [row.id] : []
	);
}
