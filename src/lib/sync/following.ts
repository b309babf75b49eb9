/** Following the rolls of teams from link to link: what does not continue what was known is not believed. */
import { textDigest } from '../crypto/bytes';
import { followRoll } from '../crypto/roll';
import { newestOf, type Roll } from '../domain/roll';
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

/**
 * The circle to seal a team's alerts to, when its roll vouches for the newest key and that is the one the server shows;
 * else null. An older one could be somebody's who has left.
 */
export async function vouchedCircle(
	rolls: Rolls,
	team: { id: string; circle: { id: string; recipient: string } }
): Promise<{ id: string; roll: number; circle: { id: string; recipient: string } } | null> {
	const row = await rolls.roll(team.id);
	const newest = row?.roll && newestOf(row.roll, 'members');
	if (!row?.roll || row.trouble !== '' || newest?.key !== team.circle.id) return null;
	const isVouched = newest.recipient === (await textDigest(team.circle.recipient));
	return isVouched ? { id: team.id, roll: row.roll.seq, circle: team.circle } : null;
}

async function keep(rolls: Rolls, row: RollRow): Promise<RollRow> {
	await rolls.keepRoll(row);
	return row;
}
