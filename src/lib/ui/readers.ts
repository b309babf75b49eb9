/** Who reads, in words and in the audience's colour. Everything is computed from who is let in. */
import type { AudienceLine, Room } from '$lib/app';
import type { Party } from '$lib/domain/content';
import type { Audience, Role } from '$lib/domain/lists';
import * as m from '$lib/i18n/generated/messages';
import { listed } from './listed';

export type Band = 'thread' | 'team' | 'narrow' | 'police' | 'guest';
type Let = { parties: readonly Party[]; persons: readonly string[] };

/** Short, where several stand beside each other. Who exactly that is, `sentence` says. */
export function title(
	audience: Audience,
	{ mine, referral, called }: Pick<Room, 'mine' | 'referral' | 'called'>
): string {
	if (audience === 'reporter' && referral) return m.refer_thread();
	if (audience === 'reporter')
		return mine ? m.thread() : called ? m.reporter_of({ title: called }) : m.reporter();
	return { team: m.team, narrow: m.narrow, invited: m.invited }[audience]();
}

/** Police and guests come first: their reading is what nobody may overlook. */
export function bandOf(audience: Audience, { parties, persons }: Let, { roles }: Room): Band {
	if (readPolice({ parties, persons }, roles)) return 'police';
	if (persons.some((user) => roles[user] === 'guest')) return 'guest';
	return ({ reporter: 'thread', team: 'team', narrow: 'narrow', invited: 'guest' } as const)[audience];
}

/** 'You and the team', 'Team only', 'Only Eszter and Cora'. */
export function words(audience: Audience, read: Let, room: Room, me: string): string {
	const items = itemsOf(audience, read, room, me);
	if (audience === 'narrow') return m.band_only({ list: listed(items) });
	const [only] = shown(read.parties, room, me);
	const isTeam = items.length === 1 && only && 'circle' in only && only.circle === 'members';
	return isTeam ? m.band_team() : capital(listed(items));
}

/** Who will read, and who will not: a sentence or two. */
export function sentence(line: AudienceLine, room: Room, me: string): string {
	const items = itemsOf(line.name, line, room, me);
	const [first = ''] = items;
	const isMe = items.length === 1 && line.persons.length === 1 && line.persons.includes(me);
	const reads = isMe
		? m.reads_you()
		: items.length === 1
			? m.reads_one({ who: first })
			: m.reads_many({ list: listed(items) });
	const { reporter } = room.folded;
	const notPolice = !readPolice(line, room.roles);
	const notReporter = reporter !== null && !line.persons.includes(reporter);
	const not =
		notReporter && notPolice
			? (room.referral ? m.refer_reads_neither : m.reads_neither)()
			: notReporter
				? (room.referral ? m.refer_reads_not_sender : m.reads_not_reporter)()
				: notPolice
					? m.reads_not_police()
					: '';
	return `${capital(reads)} ${not}`.trim();
}

/** Everybody by name, and how many more there are whose names are not known here. */
export function names({ persons }: Let, room: Room, me: string): string {
	const { reporter } = room.folded;
	const known = persons.filter((user) => user === me || user === reporter || nameOf(user, room));
	const more = persons.length - known.length;
	const items = inOrder(known, me).map((user) =>
		user === reporter && user !== me ? nameOf(user, room) || m.the_reporter() : person(user, room, me)
	);
	return capital(listed(more > 0 ? [...items, m.more_people({ count: more })] : items));
}

/** A party as the subject of a sentence, in small letters: 'the police contact', 'Frieda (guest)'. */
export function who(party: Party, room: Room, me = ''): string {
	if ('user' in party) return person(party.user, room, me);
	if (party.team !== room.team)
		return party.team === room.referral?.team && room.referral.teamName
			? m.the_team_of({ team: room.referral.teamName })
			: m.the_other_team();
	if (party.circle === 'members')
		return (room.mine || room.referral) && room.teamName
			? m.the_team_of({ team: room.teamName })
			: m.the_team();
	return party.circle === 'police' ? m.the_police() : m.the_coordinators();
}

/** Whom to show: a person is left out whom one of the circles lets in anyway. The nearest first. */
export function shown(parties: readonly Party[], { team, roles, folded }: Room, me: string): Party[] {
	const has = (name: string): boolean =>
		parties.some((party) => 'circle' in party && party.team === team && party.circle === name);
	const isCovered = (role: Role | undefined): boolean =>
		(has('members') && (role === 'expert' || role === 'coordinator')) ||
		(has('coordinators') && role === 'coordinator') ||
		(has('police') && role === 'police');
	const rank = (party: Party): number => {
		if ('user' in party) return party.user === me ? 0 : party.user === folded.reporter ? 1 : 4;
		return { members: 2, coordinators: 3, police: 5 }[party.circle];
	};
	return parties
		.filter((party) =>
			'user' in party
				? party.user === folded.reporter || !isCovered(roles[party.user])
				: party.circle !== 'coordinators' || !has('members')
		)
		.sort((a, b) => rank(a) - rank(b));
}

export const isPolice = (party: Party, { roles }: Room): boolean =>
	'user' in party ? roles[party.user] === 'police' : party.circle === 'police';

// To the team the narrow audience is its persons; all others are told by their circles, as whoever has written is.
function itemsOf(audience: Audience, { parties, persons }: Let, room: Room, me: string): string[] {
	return audience === 'narrow' && !room.mine
		? inOrder(persons, me).map((user) => person(user, room, me))
		: shown(parties, room, me).map((party) => who(party, room, me));
}

function person(user: string, room: Room, me: string): string {
	if (user === me) return m.you_within();
	// Whoever referred it asks for a team, and by name.
	if (user === room.folded.reporter && !room.referral) return m.the_reporter();
	const name = nameOf(user, room);
	if (!name) return m.somebody_unknown();
	const role = room.roles[user];
	if (role === 'police') return m.person_police({ name });
	return role === 'guest' ? m.person_guest({ name }) : name;
}

const nameOf = (user: string, { people }: Room): string => people[user] ?? '';

const readPolice = ({ parties, persons }: Let, roles: Room['roles']): boolean =>
	parties.some((party) => 'circle' in party && party.circle === 'police') ||
	persons.some((user) => roles[user] === 'police');

const inOrder = (persons: readonly string[], me: string): string[] => [
	...persons.filter((user) => user === me),
	...persons.filter((user) => user !== me)
];

export function capital(text: string): string {
	const [first = ''] = text;
	return first.toLocaleUpperCase() + text.slice(first.length);
}
