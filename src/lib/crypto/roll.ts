/** Signing and following a team's roll (`domain/roll` says what the links mean). */
import { Link, signerOf, withLink, type Act, type Break, type Roll } from '../domain/roll';
import { fail, ok, type Result } from '../domain/result';
import { textDigest } from './bytes';
import { attest, canonical, isAttested } from './proof';

export type SignedLink = { text: string; proof: string };

/** The next link of the roll, signed; and the roll with it. The caller is entitled to it. */
export async function writeLink(
	roll: Roll | null,
	team: Link['team'],
	act: Act,
	by: Link['by'],
	key: CryptoKey,
	at: number,
	hand: Link['hand'] = 'own'
): Promise<{ link: SignedLink; roll: Roll }> {
	const seq = (roll?.seq ?? 0) + 1;
	const link: Link = { v: 2, team, seq, prev: roll?.head ?? '', at, by, hand, act };
	const text = canonical(link);
	const proof = await attest(key, 'roll', link);
	return { link: { text, proof }, roll: withLink(roll, link, await textDigest(text)) };
}

/**
 * The roll continued by `links`, every one of them checked; or where it breaks, and then nothing of them counts.
 * Without a roll to continue, the first link founds the team, and the caller compares the fingerprint.
 */
export async function followRoll(
	roll: Roll | null,
	links: readonly SignedLink[],
	team: string
): Promise<Result<Roll | null, Break>> {
	let followed = roll;
	for (const { text, proof } of links) {
		const seq = (followed?.seq ?? 0) + 1;
		const link = readLink(text);
		if (!link) return fail({ kind: 'unreadable', seq });
		if (link.team !== team) return fail({ kind: 'other_team', seq });
		const signer = signerOf(followed, link);
		if (!signer.ok) return signer;
		if (!(await isAttested(signer.value, 'roll', link, proof))) return fail({ kind: 'forged', seq });
		followed = withLink(followed, link, await textDigest(text));
	}
	return ok(followed);
}

function readLink(text: string): Link | null {
	try {
		const link = Link.safeParse(JSON.parse(text));
		// Written in another way than the one way, two devices could read it in two ways.
		return link.success && canonical(link.data) === text ? link.data : null;
	} catch {
		return null;
	}
}
