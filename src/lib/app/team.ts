/** A team and who is in it, as its roll says; letting people in and out. For coordinators, with a network. */
import { joinPath } from '../domain/join-link';
import { saidAnew, type ExpertiseName, type Knows } from '../domain/expertise';
import type { TeamForm } from '../domain/form';
import type { Outcome, Write } from '../domain/outbox';
import type { Id } from '../domain/id';
import type { Locale, Role } from '../domain/lists';
import { withChanges, type TeamLadder } from '../domain/ladder';
import { PLAIN } from '../domain/offered';
import type { Agency } from '../domain/records';
import { carriedOver } from '../domain/remade';
import { isSeated, type Roll, type Seat } from '../domain/roll';
import { fail, ok, type Result } from '../domain/result';
import type { Pin } from '../store/person';
import { linkWrite, makeAdmission } from '../sync/admission';
import { orderCircles } from '../sync/circles';
import { pullAll } from '../sync/inbox';
import { openIdentities } from '../sync/opening';
import { create, freshId, serverTime } from '../sync/outgoing';
import { connect, type Remote } from '../sync/remote';
import { bringTrust, readTrust } from '../sync/trust';
import { author } from './author';
import { digitsOf } from './digits';
import { ring as wake } from './engine';
import { knowing } from './expertise';
import { device, here, unlocked, type Here } from './here';

export type Member = {
	user: Id;
	name: string;
	role: Role;
	agency: string;
	/** What this person has said to know well. */
	knows: Knows;
	/** ms, or 0. */
	until: number;
	/** Compared face to face when admitted, or by this person since. */
	met: boolean;
	/** Who let this person in, and stands for it; '' while that name is not here. */
	by: string;
	/** Nobody did: founded the team. */
	byItself: boolean;
	/** Nor here: came back with the printed key. */
	byPaper: boolean;
	/** What the server shows is not what the roll has: nothing is sealed to this person until that is cleared up. */
	changed: boolean;
	/** Thirty digits that both sides can read to each other. */
	digits: string;
};
export type Asking = { id: Id; user: Id; name: string; digits: string; changed: boolean };
export type TeamPage = {
	id: Id;
	name: string;
	fingerprint: string;
	/** Why what the server shows is not believed, or ''. */
	trouble: string;
	members: Member[];
	/** Who has left, newest first. */
	former: { user: Id; name: string }[];
	asking: Asking[];
	agencies: { id: Id; name: string }[];
	/** '' for whoever is no coordinator. */
	joinLink: string;
	/** Nobody else could bring this team's keys back. */
	isOnlyCoordinator: boolean;
	open: boolean;
	coded: boolean;
	/** Minutes until a device locks, by role, where the team has set them. */
	idle: Readonly<Record<string, number>>;
	form: TeamForm;
	/** Null where it has set nothing. */
	ladder: TeamLadder | null;
	/** No area lies above its own, so that no other team can be told. */
	isTop: boolean;
	/** The language that it speaks, and its country's code, '' where that is not here. */
	locale: Locale;
	country: string;
};
export type TeamError = { kind: 'locked' | 'unreachable' | 'refused' | 'not_trusted' };

export async function team(id: Id): Promise<TeamPage | null> {
	const now = await here();
	const row = await now?.store.teams.get(id);
	if (!now || !row) return null;
	const known = await device.roll(id);
	const roll = known?.roll ?? null;
	const pins = new Map((await now.store.pins.toArray()).map((pin) => [pin.id, pin]));
	const memberships = await now.store.memberships.where({ team: id }).toArray();
	const agencies = await now.store.agencies.filter(({ team: of }) => of === id).toArray();
	const knows = await knowing(now, id);
	const area = await now.store.areas.get(row.area);
	const at = Date.now();
	const seats = Object.values(roll?.seats ?? {});
	const seated = seats.filter((seat) => isSeated(seat, at));
	const asking = await now.store.requests.where({ team: id }).toArray();
	const agencyOf = (user: Id): string => {
		const of = memberships.find((one) => one.user === user && !one.ended)?.agency;
		return agencies.find((one) => one.id === of)?.name ?? '';
	};
	return {
		id,
		name: row.name,
		fingerprint: roll ? digitsOf(roll.fingerprint) : '',
		trouble: known?.trouble ?? 'unknown',
		members: seated.map((seat) => ({
			...member(seat, pins.get(seat.user), agencyOf(seat.user), pins.get(seat.by)?.name ?? ''),
			knows: knows.get(seat.user) ?? {}
		})),
		former: seats
			.filter((seat) => !isSeated(seat, at))
			.sort((a, b) => b.left - a.left)
			.map(({ user }) => ({ user, name: pins.get(user)?.name ?? '' })),
		asking: asking
			.filter(({ answer, user }) => answer === '' && !seated.some((seat) => seat.user === user))
			// Who has no account cannot ask; a server that shows it all the same is not followed.
			.filter(({ user }) => pins.get(user)?.kind !== 'coded')
			.map(({ id: request, user }) => {
				const pin = pins.get(user);
				const { name = '', keys = '', changed = '' } = pin ?? {};
				return { id: request, user, name, digits: digitsOf(keys), changed: changed !== '' };
			}),
		agencies: agencies.map(({ id: agency, name }) => ({ id: agency, name })),
		joinLink:
			row.invite && roll
				? location.origin + joinPath({ team: id, invite: row.invite, fingerprint: roll.fingerprint })
				: '',
		isOnlyCoordinator: seated.filter(({ role }) => role === 'coordinator').length < 2,
		open: row.open,
		coded: row.coded,
		idle: row.idle,
		form: { ...PLAIN, ...row.form },
		ladder: row.ladder ?? null,
		isTop: area?.parent === '',
		locale: row.locale,
		country: area?.country ?? ''
	};
}

/** Lets somebody in who asked. The coordinator has compared the digits: face to face, or by voice. */
export function admit(
	request: Id,
	place: {
		role: Role;
		/** One of the team's, or one that it did not have yet. */
		agency: string | Pick<Agency, 'name' | 'sector'>;
		/** ms, or 0. */
		until: number;
		met: boolean;
	}
): Promise<Result<undefined, TeamError>> {
	return asCoordinator(
		async ({ store }) => (await store.requests.get(request))?.team,
		async ({ now, roll, me, identities }) => {
			const asked = await now.store.requests.get(request);
			const pin = asked && (await now.store.pins.get(asked.user));
			if (!pin || pin.changed !== '' || pin.kind === 'coded') return null;
			const held = await Promise.all(
				roll.circles.map(async ({ key, name }) => ({ id: key, name, identity: await identities(key) }))
			);
			const circles = held.flatMap(({ identity, ...circle }) => (identity ? [{ ...circle, identity }] : []));
			const person = { user: pin.id, recipient: pin.recipient, verifier: pin.verifier };
			const { agency } = place;
			const fresh = typeof agency === 'string' ? null : { id: freshId(), team: roll.team, ...agency };
			const seat = { ...place, agency: typeof agency === 'string' ? agency : (fresh?.id ?? '') };
			const made = await makeAdmission(roll, me.hand, circles, person, seat, Date.now());
			const answered: Write = {
				...{ collection: 'requests', id: request, verb: 'update', body: { answer: 'admitted' } }
			};
			return [[...(fresh ? [create('agencies', fresh)] : []), ...made.writes, answered]];
		}
	);
}

export function decline(request: Id): Promise<Result<undefined, TeamError>> {
	return asCoordinator(
		async ({ store }) => (await store.requests.get(request))?.team,
		() =>
			Promise.resolve([
				[{ collection: 'requests', id: request, verb: 'update', body: { answer: 'declined' } }]
			])
	);
}

/** Ends somebody's place at once; the circles get new keys, and so does each case with the next words in it. */
export async function dismiss(id: Id, user: Id): Promise<Result<undefined, TeamError>> {
	const ended = await asCoordinator(
		() => Promise.resolve(id),
		async ({ now, roll, me }) => {
			const places = await now.store.memberships.where({ team: id }).toArray();
			const place = places.find((one) => one.user === user && one.ended === '');
			const at = Date.now();
			const link = await linkWrite(roll, { do: 'end', user }, me.hand, at);
			const ends: Write[] = place
				? [
						{
							...{ collection: 'memberships', id: place.id, verb: 'update' },
							body: { ended: serverTime(at) }
						}
					]
				: [];
			return [[link.write, ...ends]];
		}
	);
	return ended.ok ? order(id) : ended;
}

/** Gives the circles new keys and grants where they lack some. Twice, since a new key is granted once it is on the roll. */
export async function order(id: Id): Promise<Result<undefined, TeamError>> {
	for (let round = 0; round < 2; round++) {
		const done = await asCoordinator(
			() => Promise.resolve(id),
			async ({ now, roll, me, identities }) => {
				const trust = await readTrust(now.store, await device.rolls());
				return orderCircles(roll, trust, me, identities, Date.now());
			}
		);
		if (!done.ok) return done;
	}
	return ok(undefined);
}

/** `form`, `ladder`: from what was shown to what was made of it; what others have made of it meanwhile stays. */
export function settings(
	id: Id,
	change: {
		open?: boolean;
		coded?: boolean;
		idle?: Record<string, number>;
		form?: { from: TeamForm; to: TeamForm };
		ladder?: { from: TeamLadder; to: TeamLadder };
	}
): Promise<Result<undefined, TeamError>> {
	return asCoordinator(
		() => Promise.resolve(id),
		async ({ now }) => {
			const { form, ladder, ...plain } = change;
			const known = await now.store.teams.get(id);
			const body = {
				...plain,
				...(form && { form: carriedOver(form.from, form.to, known?.form ?? PLAIN) }),
				...(ladder && { ladder: withChanges(known?.ladder ?? null, ladder) })
			};
			return [[{ collection: 'teams', id, verb: 'update', body }]];
		}
	);
}

/** The digits were compared face to face: shown so from now on, on this device. */
export async function confirmMet(user: Id): Promise<void> {
	const now = await here();
	await now?.store.pins.where({ id: user, changed: '' }).modify({ how: 'met' });
}

type Act = {
	now: Here & { vault: CryptoKey };
	roll: Roll;
	me: NonNullable<Awaited<ReturnType<typeof author>>>;
	identities: (key: string) => Promise<string | null>;
};

/** Brings everything up to date first, so that the next link continues the newest one; then writes, then pulls again. */
export async function asCoordinator(
	teamOf: (now: Here) => Promise<Id | undefined>,
	act: (given: Act) => Promise<Write[][] | null>
): Promise<Result<undefined, TeamError>> {
	const now = await unlocked();
	const me = now && (await author(now));
	const account = now && (await device.account(now.session.account));
	if (!now || !me || !account) return fail({ kind: 'locked' });
	const remote = connect(location.origin, now.session.token);
	const fresh = () => refresh(now, remote, account.instance, account.id);
	if (!(await fresh())) return fail({ kind: 'unreachable' });

	const id = await teamOf(now);
	const known = id && (await device.roll(id));
	if (!known || !known.roll || known.trouble !== '') return fail({ kind: 'not_trusted' });
	const identities = await openIdentities(now.store, now.vault, account.id, await device.rolls());
	const batches = await act({ now, roll: known.roll, me, identities });
	if (!batches) return fail({ kind: 'not_trusted' });
	for (const writes of batches) {
		const outcome = await remote.write(writes);
		if (outcome.is !== 'accepted') return fail({ kind: kindOf(outcome) });
	}
	await fresh();
	wake();
	return ok(undefined);
}

async function refresh({ store }: Here, remote: Remote, instance: string, me: Id): Promise<boolean> {
	if (await pullAll(store, remote)) return false;
	await bringTrust(store, device, remote, instance, Date.now(), me);
	return true;
}

const kindOf = (outcome: Outcome): TeamError['kind'] =>
	outcome.is === 'refused' ? 'refused' : 'unreachable';

function member(seat: Seat, pin: Pin | undefined, agency: string, by: string): Omit<Member, 'knows'> {
	const { user, role, until, keys } = seat;
	// Who was met then has other keys now.
	const met = pin?.how === 'met' || (seat.met && pin?.how !== 'confirmed');
	return {
		user,
		name: pin?.name ?? '',
		role,
		agency,
		until,
		met,
		by,
		byItself: seat.by === user && !seat.paper,
		byPaper: seat.by === user && seat.paper,
		// Who has not come with a pull yet is not somebody whose keys changed.
		changed: pin !== undefined && pin.changed !== '',
		digits: digitsOf(keys)
	};
}

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
