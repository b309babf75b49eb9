/** Reading cases: always computed from what was said. WebCrypto and IndexedDB only. */
import type { Brief } from '../domain/brief';
import { dueOf } from '../domain/due';
import { isVersed } from '../domain/expertise';
import type { TeamForm } from '../domain/form';
import type { Id } from '../domain/id';
import { journey, type Journey } from '../domain/journey';
import { climbOf } from '../domain/climb';
import type { Ladder } from '../domain/ladder';
import { rootOf } from '../domain/merging';
import { URGENCIES, type Phase, type Urgency } from '../domain/lists';
import type { Outgoing } from '../domain/outbox';
import type { Case } from '../domain/records';
import { briefs } from './briefs';
import { reasonOf, type Waiting } from './door';
import { knowing } from './expertise';
import { teamName } from './referrals';
import { forms } from './form';
import { heardBy } from './heard';
import { here, type Here } from './here';

/** Why it waits may be said more exactly than the server's answer does. */
export type Way = Omit<Journey, 'waiting'> & { waiting: Waiting | null };

export type CaseLine = {
	id: Id;
	/** In whose words the type is said. */
	form: TeamForm | undefined;
	type: string;
	theme: string;
	place: string;
	/** The official code of the municipality, where the alert says it. */
	area: string | null;
	urgency: Urgency;
	/** The first words; null while locked or not readable here. */
	opening: string | null;
	phase: Phase;
	owner: { id: Id; name: string } | null;
	created: number;
	/** Null where the alert does not open here. */
	needsExpert: boolean | null;
	/** The name of the team that referred it, '' where that is not known; null where it is nobody's referral. */
	referredBy: string | null;
	/** Its reporter has asked to talk to a person, and nobody has answered yet. */
	wantsPerson: boolean;
	journey: Way;
	/** Somebody else said something after this person last had it open. */
	unread: boolean;
	/** Until when something is expected, in ms. */
	due: number | null;
	/** Something unread asks this person to look at it. */
	named: boolean;
	/** What it is about is among what this person knows well. */
	versed: boolean;
	/** How many other alerts are worked on in the same case. */
	joined: number;
	/** It waits for somebody to say ‘I have it’; `next` (ms) is when others are told, null where all have been. */
	pressing: { next: number | null } | null;
	/** By which it is found: `domain/search`. */
	words: string;
};

/** What this person reported, newest first. */
export async function alerts(): Promise<CaseLine[]> {
	const now = await here();
	if (!now) return [];
	const own = await now.store.entries.where({ author: now.session.account, kind: 'alert' }).toArray();
	const cases = await now.store.cases.bulkGet([...new Set(own.map((entry) => entry.case))]);
	const all = await lines(present(cases), now);
	// What a person has referred for a team is not what they asked for themselves.
	return all.filter(({ referredBy }) => referredBy === null).sort((a, b) => b.created - a.created);
}

/** A team's cases: nobody's first, then by urgency, those without an answer before others, then the longest waiting. */
export async function queue(team: Id): Promise<CaseLine[]> {
	const now = await here();
	if (!now) return [];
	const all = await lines(await now.store.cases.where({ team }).toArray(), now);
	const haste = ({ urgency, needsExpert: needs, wantsPerson }: CaseLine): number =>
		-3 * URGENCIES.indexOf(urgency) - Number(needs ?? true) - Number(wantsPerson);
	return together(all).sort(
		(a, b) =>
			Number(a.owner !== null) - Number(b.owner !== null) || haste(a) - haste(b) || a.created - b.created
	);
}

type Line = CaseLine & { into: Id | null };

/** Alerts that are worked on together are one line: that of their case, with what is new in any of them. */
function together(all: readonly Line[]): CaseLine[] {
	const into = new Map(all.map((line) => [line.id, line.into]));
	const found = new Map(all.map((line) => [line.id, { ...line }]));
	for (const line of all) {
		const root = found.get(rootOf(line.id, into));
		if (!root || root.id === line.id) continue;
		found.delete(line.id);
		root.joined += 1;
		root.unread ||= line.unread;
		root.named ||= line.named;
		root.versed ||= line.versed;
		root.wantsPerson ||= line.wantsPerson;
		root.words += line.words;
		root.due = earlier(root.due, line.due);
		if (line.pressing) root.pressing = { next: earlier(root.pressing?.next ?? null, line.pressing.next) };
		if (URGENCIES.indexOf(line.urgency) > URGENCIES.indexOf(root.urgency)) root.urgency = line.urgency;
	}
	return [...found.values()];
}

const earlier = (one: number | null, other: number | null): number | null =>
	one === null ? other : other === null ? one : Math.min(one, other);

/** Of many cases at once: what is the same for all of them is asked for once. */
async function lines(cases: readonly Case[], now: Here): Promise<Line[]> {
	const { store } = now;
	const [told, sending, marks, made, ladders] = await Promise.all([
		briefs(cases, now),
		store.outbox.toArray(),
		store.state.where('name').startsWith(READ).toArray(),
		forms(cases.map(({ team }) => team)),
		store.ladders.toArray()
	]);
	const me = now.session.account;
	const teams = [...new Set(cases.map(({ team }) => team))];
	const knows = new Map(
		await Promise.all(teams.map(async (id) => [id, (await knowing(now, id)).get(me)] as const))
	);
	const climbs = new Map(ladders.map((row) => [row.case, row]));
	const readTo = new Map(marks.map(({ name, value }) => [name, value]));
	const senders = new Set(present(cases.map(({ id, sender }) => told.get(id)?.from ?? (sender || null))));
	const teamNames = new Map(
		await Promise.all([...senders].map(async (team) => [team, await teamName(team)] as const))
	);
	const owners = [...told].map(([, { owner }]) => owner);
	const known = new Set(present([...owners, ...cases.map(({ owner }) => owner || null)]));
	const names = new Map(present(await store.pins.bulkGet([...known])).map(({ id, name }) => [id, name]));
	const all = cases.map(async (row): Promise<Line | null> => {
		const one = told.get(row.id);
		if (!one) return null;
		const { id, type, theme, place, urgency } = row;
		const owner = one.owner ?? (row.owner || null);
		const sender = one.from ?? row.sender ?? '';
		const created = Date.parse(row.created);
		const phase = one.opening === null ? row.phase : one.phase;
		const read = readTo.get(READ + id) ?? 0;
		return {
			...{ id, form: made.get(row.team), type, theme, place, urgency },
			...{ area: one.area, opening: one.opening, words: one.words, phase, created },
			due: dueOf({ ...one, phase }, { urgency, created }),
			versed: isVersed(knows.get(row.team), { theme, type, setting: one.setting }),
			joined: 0,
			owner: owner ? { id: owner, name: names.get(owner) ?? '' } : null,
			needsExpert: one.needsExpert,
			referredBy: teamNames.get(sender) ?? null,
			wantsPerson: one.asked !== null && one.answered === null,
			journey: await way(one, sending, now, climbs.get(id)),
			// Whoever takes it has it, also where the server has not heard of that yet.
			pressing: owner ? null : pressing(climbs.get(id)),
			unread: one.heard > read,
			named: one.named > read,
			into: one.into
		};
	});
	return present(await Promise.all(all));
}

const READ = 'read|';

/** How far the alert came, and what it waits for. */
export async function way(
	{ alert, seen, answered }: Brief,
	sending: readonly Outgoing[],
	now: Here,
	ladder: Ladder | undefined
): Promise<Way> {
	const outgoing = (alert && sending.find(({ id }) => id === alert.id)) ?? null;
	const timeline = alert ? [{ kind: 'alert', rev: alert.rev, time: alert.time }] : [];
	const written = alert?.author === now.session.account ? alert.written : null;
	const had = ladder?.had ? Date.parse(ladder.had) : null;
	const far = journey({ seen, answered, timeline }, outgoing, written, had);
	return { ...far, waiting: far.waiting && outgoing ? await reasonOf(now, outgoing) : far.waiting };
}

function pressing(ladder: Ladder | undefined): CaseLine['pressing'] {
	const climb = ladder && climbOf(ladder);
	return climb?.open ? { next: climb.next?.at ?? null } : null;
}

const present = <T>(all: readonly (T | null | undefined)[]): T[] => all.flatMap((one) => one ?? []);

/** When this device last had an answer for whoever is at work; ms, 0 where it is not known. */
export async function heard(): Promise<number> {
	return heardBy((await here())?.session.account ?? '');
}
