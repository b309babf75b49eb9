/** Following the rolls of teams from link to link: what does not continue what was known is not believed. */
import { textDigest } from '../crypto/bytes';
import { followRoll } from '../crypto/roll';
import type { Circle } from '../domain/lists';
import type { Facts } from '../domain/records';
import { isSeated, newestOf, type Roll } from '../domain/roll';
import type { RollRow, Rolls } from '../store/device';
import type { Remote } from './remote';

/**
 * Asks for what the roll of a team has more than this device knows, and follows it. What does not continue is not
 * believed: the row keeps what was known, and says what is wrong. `expected` is a fingerprint from a join link.
 */
export async function followTeam(
	rolls: Rolls,
	remote: Pick<Remote, 'roll'>,
	team: { id: string; roll: number },
	instance: string,
	expected = ''
): Promise<RollRow | null> {
	const known = await rolls.roll(team.id);
	// Before anything was followed, the newest link counts: one that was altered on its way must not shut the right one out.
	const fingerprint = known?.roll ? known.fingerprint : expected || (known?.fingerprint ?? '');
	if (known?.roll && team.roll < known.roll.seq) {
		const stands = await isStillThere(remote, known.roll);
		return stands === false ? keep(rolls, { ...known, trouble: 'older' }) : known;
	}
	if (known?.roll && team.roll === known.roll.seq && known.trouble === '') return known;

	let roll = known?.roll ?? null;
	for (let more = true; more;) {
		const page = await remote.roll(team.id, roll?.seq ?? 0);
		if (!page.ok) return known ?? null;
		const followed = await followRoll(roll, page.value.links, team.id);
		const next = followed.ok ? followed.value : null;
		const isTeams = next?.instance === instance && (fingerprint === '' || next.fingerprint === fingerprint);
		if (!next || !isTeams) {
			const trouble = followed.ok ? 'other_team' : followed.error.kind;
			// A link that names another team is forgotten again: it must not stand in the way of the right one.
			const kept = known ?? { team: team.id, roll: null, fingerprint: '' };
			return keep(rolls, { ...kept, trouble });
		}
		more = page.value.more && page.value.links.length > 0;
		roll = next;
	}
	return roll && keep(rolls, { team: team.id, roll, fingerprint: roll.fingerprint, trouble: '' });
}

/**
 * Whether the server still shows the newest link that is known here: what it said of the roll a while ago may just be
 * older than that link. Null when it could not be asked.
 */
async function isStillThere(
	remote: Pick<Remote, 'roll'>,
	{ team, seq, head }: Roll
): Promise<boolean | null> {
	const page = await remote.roll(team, seq - 1);
	if (!page.ok) return null;
	const [link] = page.value.links;
	return link !== undefined && (await textDigest(link.text)) === head;
}

/** A circle's key as somebody shows it. */
export type ShownCircle = { id: string; recipient: string };
/**
 * A team as an alert needs it: how much of its roll was known, and the circles that the roll vouches for. The coordinators'
 * and the police's are null where there is none, or nobody in it.
 */
export type Addressee = {
	id: string;
	roll: number;
	circle: ShownCircle;
	coordinators: ShownCircle | null;
	police: ShownCircle | null;
};

/**
 * The circles to seal a team's alerts to: each when its roll vouches for the newest key and that is the one the server
 * shows. An older one could be somebody's who has left. Null without the members' one: then nothing is sent. `at` in ms.
 */
export async function vouchedTeam(
	rolls: Rolls,
	team: Pick<Facts['teams'][number], 'id' | 'circle' | 'circles'>,
	at: number
): Promise<Addressee | null> {
	const row = await rolls.roll(team.id);
	const roll = row?.trouble === '' ? row.roll : null;
	if (!roll) return null;
	const vouched = async (name: Circle, shown: ShownCircle | undefined): Promise<ShownCircle | null> => {
		const newest = newestOf(roll, name);
		if (!shown || newest?.key !== shown.id) return null;
		const { id, recipient } = shown;
		return newest.recipient === (await textDigest(recipient)) ? { id, recipient } : null;
	};
	const other = (name: Circle) =>
		vouched(
			name,
			team.circles?.find((one) => one.name === name)
		);
	const circle = await vouched('members', team.circle);
	if (!circle) return null;
	// Coordinators hold this circle's key as well, to hand it on: a contact is somebody of the police.
	const hasContact = Object.values(roll.seats).some((seat) => seat.role === 'police' && isSeated(seat, at));
	return {
		id: team.id,
		roll: roll.seq,
		circle,
		coordinators: await other('coordinators'),
		police: hasContact ? await other('police') : null
	};
}

async function keep(rolls: Rolls, row: RollRow): Promise<RollRow> {
	await rolls.keepRoll(row);
	return row;
}
