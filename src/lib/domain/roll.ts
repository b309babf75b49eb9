/**
 * A team's roll: who is in it with which keys, and which circle keys are its own, as a chain of signed links. Each
 * names the one before it, so that none can be taken out, put in or moved; the first one's digest is the team's
 * fingerprint. Devices keep what they have followed, and go on from there only.
 */
import * as z from 'zod/mini';
import { Id } from './id';
import { CIRCLES, ROLES, type Circle, type Role } from './lists';
import { Digest, Verifier } from './records';
import { fail, ok, type Result } from './result';

/** Milliseconds since 1970, or 0 for none. */
const At = z.int().check(z.nonnegative());
/** A person's public keys: what `keysDigest` is made of, and the key that checks their signatures. */
const Keys = { user: Id, keys: Digest, verifier: Verifier };

export const Act = z.discriminatedUnion('do', [
	z.object({ do: z.literal('found'), instance: Id, name: z.string(), ...Keys }),
	/** Also for another role, another last day, or new keys of somebody who is in. `met`: compared face to face. */
	z.object({ do: z.literal('admit'), ...Keys, role: z.enum(ROLES), until: At, met: z.boolean() }),
	z.object({ do: z.literal('end'), user: Id }),
	z.object({ do: z.literal('circle'), key: Id, name: z.enum(CIRCLES), recipient: Digest }),
	/** The printed key: who holds the paper may admit a coordinator when no other is left. */
	z.object({ do: z.literal('spare'), key: Id, recipient: Digest, verifier: Verifier })
]);
export type Act = z.infer<typeof Act>;

/** `hand` says which key signed: the person's own, or the printed one. */
export const Link = z.object({
	v: z.literal(2),
	team: Id,
	seq: z.int().check(z.positive()),
	prev: z.union([Digest, z.literal('')]),
	at: At,
	by: Id,
	hand: z.enum(['own', 'spare']),
	act: Act
});
export type Link = z.infer<typeof Link>;

export type Seat = {
	user: Id;
	keys: string;
	verifier: string;
	role: Role;
	/** Every role it has had: what was written in an earlier one stays written. */
	roles: readonly Role[];
	/** ms, or 0. */
	until: number;
	met: boolean;
	by: Id;
	at: number;
	/** `seq` of the link that ended it, or 0. */
	left: number;
	/** Verifiers of keys that were replaced. */
	earlier: readonly string[];
	/** Came back with the printed key, this time or before: and so could open what was granted to it. */
	paper: boolean;
};
export type CircleKey = { key: Id; name: Circle; recipient: string; seq: number };

/** What a chain of links says. Plain values, so that it can be kept. */
export type Roll = {
	team: Id;
	instance: Id;
	name: string;
	fingerprint: string;
	seq: number;
	head: string;
	seats: Readonly<Record<Id, Seat>>;
	/** Every generation, oldest first. */
	circles: readonly CircleKey[];
	spare: { key: Id; recipient: string; verifier: string } | null;
};

/** Why a link does not continue the roll. */
export type Break = {
	kind: 'not_next' | 'not_entitled' | 'forged' | 'unreadable' | 'other_team';
	seq: number;
};

/** Whose key must have signed `link`, or why nobody's can. The first link is signed by the founder it names. */
export function signerOf(roll: Roll | null, link: Link): Result<string, Break> {
	const wrong = (kind: Break['kind']) => fail({ kind, seq: link.seq });
	if (!roll) {
		const { act } = link;
		if (link.seq !== 1 || link.prev !== '' || act.do !== 'found') return wrong('not_next');
		return act.user === link.by && link.hand === 'own' ? ok(act.verifier) : wrong('not_entitled');
	}
	if (link.team !== roll.team) return wrong('other_team');
	if (link.seq !== roll.seq + 1 || link.prev !== roll.head) return wrong('not_next');
	if (link.act.do === 'found') return wrong('not_entitled');
	if (link.hand === 'spare') {
		const { act } = link;
		const comesBack = act.do === 'admit' && act.user === link.by && act.role === 'coordinator';
		return comesBack && roll.spare ? ok(roll.spare.verifier) : wrong('not_entitled');
	}
	const seat = roll.seats[link.by];
	return seat && isSeated(seat, link.at) && seat.role === 'coordinator'
		? ok(seat.verifier)
		: wrong('not_entitled');
}

/** The roll with one more link, whose signature was checked. `head` is the link's digest. */
export function withLink(roll: Roll | null, link: Link, head: string): Roll {
	const { act, team, seq, at, by, hand } = link;
	const base: Roll = roll ?? {
		team,
		instance: team,
		name: '',
		fingerprint: head,
		seq: 0,
		head: '',
		seats: {},
		circles: [],
		spare: null
	};
	const next = { ...base, seq, head };
	switch (act.do) {
		case 'found': {
			const { user, keys, verifier } = act;
			const role = 'coordinator' as const;
			const seat: Seat = {
				...{ user, keys, verifier, role, roles: [role], until: 0, met: true },
				...{ by, at, left: 0, earlier: [], paper: false }
			};
			return { ...next, instance: act.instance, name: act.name, seats: { [user]: seat } };
		}
		case 'admit': {
			const { user, keys, verifier, role, until, met } = act;
			const old = base.seats[user];
			const roles = [...new Set([role, ...(old?.roles ?? [])])];
			const earlier = [...(old?.earlier ?? []), ...(old ? [old.verifier] : [])];
			const seat: Seat = {
				...{ user, keys, verifier, role, roles, until, met, by, at, left: 0 },
				earlier: [...new Set(earlier)].filter((one) => one !== verifier),
				paper: hand === 'spare' || (old?.paper ?? false)
			};
			return { ...next, seats: { ...base.seats, [user]: seat } };
		}
		case 'end': {
			const old = base.seats[act.user];
			return old ? { ...next, seats: { ...base.seats, [act.user]: { ...old, left: seq } } } : next;
		}
		case 'circle': {
			const { key, name, recipient } = act;
			return { ...next, circles: [...base.circles, { key, name, recipient, seq }] };
		}
		case 'spare': {
			const { key, recipient, verifier } = act;
			return { ...next, spare: { key, recipient, verifier } };
		}
	}
}

/** In the team at `at` (ms). */
export const isSeated = (seat: Seat, at: number): boolean =>
	seat.left === 0 && (seat.until === 0 || seat.until > at);

/** Whose role opens which circle. The police stay apart: an alert is read without the security authorities. */
export const CIRCLES_OF: Readonly<Record<Role, readonly Circle[]>> = {
	expert: ['members'],
	coordinator: ['members', 'coordinators', 'police'],
	police: ['police'],
	guest: []
};

/** Who can open a circle's key now. */
export const inCircle = (roll: Roll, circle: Circle, at: number): Seat[] =>
	Object.values(roll.seats).filter((seat) => isSeated(seat, at) && CIRCLES_OF[seat.role].includes(circle));

/** The newest generation of a circle's key, or null for a team without that circle. */
export const newestOf = (roll: Roll, circle: Circle): CircleKey | null =>
	roll.circles.findLast(({ name }) => name === circle) ?? null;
