/** A case with all that was said in it, and what the team works on together with it. WebCrypto and IndexedDB only. */
import { recall } from '../crypto/vault';
import { brief } from '../domain/brief';
import { climbOf, type Climb } from '../domain/climb';
import { Content } from '../domain/content';
import { dueOf, expected } from '../domain/due';
import type { Folded } from '../domain/fold';
import type { TeamForm } from '../domain/form';
import type { Id } from '../domain/id';
import type { Urgency } from '../domain/lists';
import { rootOf } from '../domain/merging';
import { Opened, openedContext } from '../domain/opened';
import type { Case } from '../domain/records';
import { way, type Way } from './cases';
import { versedIn } from './expertise';
import { form } from './form';
import { device, here, type Here } from './here';
import { foldOf, referralIn, referredFrom, type Came, type Went } from './referrals';
import { peopleOf, type People } from './standing';

export type Room = {
	id: Id;
	/** This person wrote the alert. */
	mine: boolean;
	team: Id;
	teamName: string;
	/** Its first words, where several alerts stand beside each other; else ''. */
	called: string;
	/** In whose words answers are said. */
	form: TeamForm | undefined;
	place: string;
	type: string;
	urgency: Urgency;
	folded: Folded;
	/** Where it came from another team; null where it did not. */
	referral: Came | null;
	/** What was referred from here, by the case that it opened there. */
	referred: ReadonlyMap<Id, Went>;
	journey: Way;
	/** Who was told of what is pressing; null where it was not. */
	climb: Climb | null;
	ownerName: string | null;
	/** Who of the team knows well what it is about. */
	versed: readonly Id[];
	/** Until when something is expected, in ms; null where nothing is any more. */
	due: number | null;
} & People;

/** A case as what was said in it makes it. */
type Read = { row: Case; folded: Folded };

export type CaseName = Pick<Room, 'id' | 'form' | 'type' | 'place'> & {
	/** The first words; null where they do not open here. */
	opening: string | null;
};

/** With all that it is worked on together with. */
export type Together = Room & {
	/** What else the team works on in the same case. */
	linked: Room[];
	/** Where the team works on it, where that is another case. */
	into: Id | null;
	/** Cases that are named in this one, as far as they are on this device. */
	named: ReadonlyMap<Id, CaseName>;
};

export async function room(id: Id): Promise<Together | null> {
	const now = await here();
	const row = await now?.store.cases.get(id);
	if (!now || !row) return null;
	const found = await read(row, now);
	const [linked, into] = await Promise.all([linkedTo(now, row), intoOf(now, found)]);
	const wanted = [into ?? [], ...found.folded.contrary.into.filter((one) => one !== '')].flat();
	const rows = present(await now.store.cases.bulkGet([...new Set(wanted)]));
	const others = await Promise.all(rows.map((one) => read(one, now)));
	const named = await Promise.all([...linked, ...others].map(nameOf));
	const called = ({ folded }: Read): string =>
		linked.length > 0 ? (folded.alert?.story.slice(0, CALLED) ?? '') : '';
	return {
		...(await alone(now, found)),
		called: called(found),
		linked: await Promise.all(
			linked.map(async (one) => ({ ...(await alone(now, one)), called: called(one) }))
		),
		into,
		named: new Map(named.map((one) => [one.id, one]))
	};
}

async function read(row: Case, now: Here): Promise<Read> {
	return { row, folded: await foldOf(row, now, await device.rolls()) };
}

async function alone(now: Here, { row, folded }: Read): Promise<Room> {
	// Only the case's own team says who is of it: anybody can found another and name whom they like.
	const home = (await device.roll(row.team))?.roll;
	const known = peopleOf(await now.store.pins.toArray(), home ? [home] : [], Date.now());
	const { id, place, theme, type, urgency } = row;
	const setting = folded.alert?.setting ?? null;
	const outbox = await now.store.outbox.where({ case: id }).toArray();
	const ladder = await now.store.ladders.where({ case: id }).first();
	return {
		id,
		mine: folded.reporter === now.session.account,
		team: row.team,
		teamName: home?.name ?? '',
		called: '',
		form: await form(row.team),
		place,
		type,
		urgency,
		folded,
		referral: await referralIn(row, folded, now.session.account),
		referred: await referredFrom(id, folded, async (ids) =>
			Promise.all(present(await now.store.cases.bulkGet(ids)).map((one) => read(one, now)))
		),
		journey: await way(brief(folded, now.session.account), outbox, now, ladder),
		climb: ladder ? climbOf(ladder) : null,
		ownerName: folded.owner && (known.people[folded.owner] ?? ''),
		versed: await versedIn(now, row.team, { theme, type, setting }),
		due: dueOf(expected(folded), { urgency, created: Date.parse(row.created) }),
		...known
	};
}

/** Letters of an alert that name it in a sentence. */
const CALLED = 80;

async function nameOf({ row: { id, team, type, place }, folded }: Read): Promise<CaseName> {
	return { id, type, place, form: await form(team), opening: folded.alert?.story.slice(0, CALLED) ?? null };
}

/** Where the team works on it, by what was joined to what; null where that is the case itself. */
async function intoOf(now: Here, start: Read): Promise<Id | null> {
	const into = new Map<Id, Id | null>([[start.row.id, start.folded.into]]);
	for (let next = start.folded.into; next && !into.has(next);) {
		const row = await now.store.cases.get(next);
		const further: Id | null = row ? (await read(row, now)).folded.into : null;
		into.set(next, further);
		next = further;
	}
	const root = rootOf(start.row.id, into);
	return root === start.row.id ? null : root;
}

/** What else its team works on in a case. */
export async function linkedTo(now: Here, { id, team }: Pick<Case, 'id' | 'team'>): Promise<Read[]> {
	const all = await joinedTo(now, id);
	return all.filter(({ row }) => row.id !== id && row.team === team);
}

/** What was joined to a case, and what to that. */
async function joinedTo(now: Here, id: Id): Promise<Read[]> {
	const claims = await mergers(now);
	const met = new Set([id]);
	const found: Read[] = [];
	for (const at of met) {
		const ids = claims.flatMap((claim) => (claim.into === at && !met.has(claim.id) ? [claim.id] : []));
		const rows = present(await now.store.cases.bulkGet([...new Set(ids)]));
		const all = await Promise.all(rows.map((row) => read(row, now)));
		const joined = all.filter(({ folded }) => folded.into === at);
		for (const one of joined) met.add(one.row.id);
		found.push(...joined);
	}
	return found;
}

/** Every case that was ever joined to another. Few are: so a room asks for those acts, and not for all cases. */
async function mergers({ store, vault }: Here): Promise<{ id: Id; into: Id }[]> {
	if (!vault) return [];
	const acts = await store.entries.where({ kind: 'merge' }).toArray();
	const rows = await store.opened.bulkGet(acts.map(({ id }) => id));
	const claims = await Promise.all(
		acts.map(async (act, at) => {
			const row = rows[at];
			const opened = row && Opened.parse(await recall(vault, row.box, openedContext(act.id)));
			const content = opened && 'content' in opened ? Content.safeParse(opened.content) : null;
			return content?.success && content.data.kind === 'merge'
				? [{ id: act.case, into: content.data.into }]
				: [];
		})
	);
	return claims.flat();
}

const present = <T>(all: readonly (T | null | undefined)[]): T[] => all.flatMap((one) => one ?? []);
