/** Saying something in a case: sealed here, kept in the outbox until it is delivered. Loads age when first needed. */
import { keepBytes } from '../crypto/vault';
import type { Alert } from '../domain/alert';
import type { Content, Opening } from '../domain/content';
import { said } from '../domain/blank';
import { carriedBy } from '../domain/carried';
import { toAlert, toNames, type Draft, type Problems } from '../domain/draft';
import type { Id } from '../domain/id';
import type { Audience } from '../domain/lists';
import { fail, ok, type Result } from '../domain/result';
import { isOutOfRoom } from '../domain/room';
import { situationOf } from '../domain/situation';
import { post } from '../store/post';
import { getLocale } from '../i18n/generated/runtime';
import { vouchedTeam, type Addressee } from '../sync/following';
import { author } from './author';
import { isClosed } from './door';
import type { Kept } from './drafts';
import { refreshFacts, refreshRolls } from './facts';
import { device, here, unlocked } from './here';
import { ring } from './engine';
import { shownFor } from './library';
import { pictureBytes } from './pictures';
import {
	identityRow,
	inScene,
	keyFor,
	openedRow,
	state,
	write,
	type Changed,
	type Closed,
	type Locked,
	type Writing
} from './state';

/**
 * `changed`: another tab has written in it, and these words have not been seen beside those. `no_narrow`: names or
 * originals cannot be sealed to the team's coordinators, and go to nobody else.
 */
type Unsendable =
	| { kind: 'incomplete'; problems: Problems }
	| Locked
	| { kind: 'no_team' | 'no_narrow' | 'closed' | 'changed' | 'no_space' };
/**
 * The new case, or the one that another tab has made of this draft: it is sent once. `police`: what became of the wish that
 * they read it too; '' where there was none.
 */
export type Sent = { case: Id; police: '' | 'opened' | 'no_contact' };

/**
 * The draft becomes an alert in the outbox, or stays a draft. Works while locked: the device's own hand signs then, and
 * what was written opens again with the next unlocking.
 */
export async function send(draft: Draft, kept: Kept): Promise<Result<Sent, Unsendable>> {
	const { id } = draft;
	const before = await (await here())?.store.sent.get(id);
	if (before) return wasSent(draft, kept, before.case);
	const written = Date.now();
	const alert = toAlert(draft, written);
	if (!alert.ok) return alert;
	const now = await here();
	const me = now && (await author(now));
	if (!now || !me) return fail({ kind: 'locked' });
	if (await isClosed(now, draft.team)) return fail({ kind: 'closed' });
	const names = toNames(draft, written);
	const isOpen = draft.police === 'yes';
	const wanted = { coordinators: names !== null, police: isOpen };
	const team = await addressee(draft.team, wanted);
	if (!team) return fail({ kind: 'no_team' });
	if (names && !team.coordinators) return fail({ kind: 'no_narrow' });

	const { makeAlert } = await import('../sync/outgoing');
	const pictures = await Promise.all(
		carriedBy(draft).map(async ({ file }) => [file, (await pictureBytes(file))?.bytes] as const)
	);
	// A picture that was put in before the device locked stays shut until it is unlocked.
	if (pictures.some(([, bytes]) => !bytes)) return fail({ kind: 'locked' });
	const advised = await shownFor(situationOf(alert.value, getLocale()), draft.team);
	const files = new Map(pictures.flatMap(([file, bytes]) => (bytes ? [[file, bytes] as const] : [])));
	const made = await makeAlert({ ...alert.value, advised }, team, me, files, written, {
		few: names && team.coordinators && { circle: team.coordinators, names },
		police: isOpen && team.police ? { circle: team.police, act: toPolice(alert.value, draft.team) } : null
	});

	const { store, vault } = now;
	const entries = [{ header: made.header, content: made.alert }, ...made.beside];
	const said = entries.map(({ header: { key, seq } }) => ({ key, seq }));
	const identities = [made.identity, ...made.beside.flatMap(({ identity }) => identity ?? [])];
	const known = vault
		? {
				said,
				opened: await Promise.all(entries.map(({ header, content }) => openedRow(vault, header, content))),
				identities: await Promise.all(identities.map((pair) => identityRow(vault, pair))),
				files: await Promise.all(
					[...files].map(async ([id, bytes]) => ({ id, box: await keepBytes(vault, bytes, `file|${id}`) }))
				)
			}
		: { said };
	let posted;
	try {
		posted = await post(store, made.parcel, made.local, known, { id, version: kept.version });
	} catch (error) {
		if (isOutOfRoom(error)) return fail({ kind: 'no_space' });
		throw error;
	}
	if (posted === 'changed') return fail({ kind: 'changed' });
	if (posted !== 'posted') return wasSent(draft, kept, posted.sent);
	ring();
	const police = !isOpen ? '' : team.police ? 'opened' : 'no_contact';
	return ok({ case: made.parcel.item.case, police });
}

/** Words that did not go along are not given up for it. */
const wasSent = (draft: Draft, kept: Kept, to: Id): Result<Sent, Unsendable> =>
	said(draft) === said(kept.draft) ? ok({ case: to, police: '' }) : fail({ kind: 'changed' });

/** Its writer was asked in one plain sentence, and said yes. */
const toPolice = ({ at, urgency }: Alert, team: Id): Opening => ({
	...{ kind: 'opening', at, audience: 'reporter', to: { team, circle: 'police' } },
	...{ basis: urgency === 'danger' ? 'vital_interest' : 'other', consent: 'given', reason: '' }
});

/** As known here, or as the server tells where there is one: also where a circle that is wanted is not known here. */
export async function addressee(
	id: string,
	wanted: { coordinators: boolean; police: boolean }
): Promise<Addressee | null> {
	const find = async (): Promise<Addressee | null> => {
		const team = (await device.get('facts'))?.teams.find((one) => one.id === id);
		return team ? vouchedTeam(device, team, Date.now()) : null;
	};
	const known = await find();
	const lacks = (name: 'coordinators' | 'police'): boolean => wanted[name] && !known?.[name];
	if (known && !lacks('coordinators') && !lacks('police')) return known;
	await refreshFacts();
	await refreshRolls();
	return find();
}

/** What somebody says in a case; when, is added here. */
export type Statement = Untimed<
	Exclude<
		Content,
		{ kind: 'alert' | 'names' | 'ask' | 'seen' | 'take' | 'assign' | 'phase' | 'opening' | 'withdrawal' }
	>
>;
type Untimed<C> = C extends Content ? Omit<C, 'at'> : never;

/** Says it to an audience; `begun` is what it was typed in, and goes with it. */
export const say = (
	id: Id,
	audience: Audience,
	statement: Statement,
	begun?: Writing
): Promise<Result<undefined, Locked | Closed | Changed>> =>
	state(id, audience, { ...statement, at: Date.now() }, {}, begun);

/** Whoever reported it wants to talk to a person. */
export const askForPerson = (id: Id): ReturnType<typeof state> =>
	state(id, 'reporter', { kind: 'ask', at: Date.now() });

/** The case is on the screen, readable: the reporter learns once that a person has seen it. */
export async function opened(id: Id): Promise<void> {
	const now = await unlocked();
	if (!now) return;
	const { store, session } = now;
	const entries = await store.entries.where({ case: id }).toArray();
	const newest = Math.max(0, ...entries.map(({ rev }) => rev));
	if (newest > ((await store.state.get(`read|${id}`))?.value ?? 0)) {
		await store.state.put({ name: `read|${id}`, value: newest });
	}
	// Whoever referred it reads the answers, and has not taken it up by that.
	const seats = await store.memberships.where({ user: session.account }).toArray();
	const team = (await store.cases.get(id))?.team;
	if (!seats.some((seat) => seat.team === team && !seat.ended)) return;
	const isTold = (all: typeof entries): boolean =>
		all.some(({ author, kind }) => author === session.account && ['alert', 'seen'].includes(kind));
	if (isTold(entries) || entries.length === 0 || beingSeen.has(id)) return;
	beingSeen.add(id);
	// Looked at anew in turn: since this began it may have been told, by an earlier call or in another tab.
	const told = inScene(id, async (seen) => {
		if (isTold(await store.entries.where({ case: id }).toArray())) return;
		const found = await keyFor(seen, 'reporter');
		if (found) await write(seen, { kind: 'seen', at: Date.now() }, found.key, found.along);
	});
	await told.finally(() => beingSeen.delete(id));
}

/** A screen asks again at each change; sealing takes longer than that. */
const beingSeen = new Set<Id>();
