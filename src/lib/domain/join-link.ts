import * as z from 'zod/mini';
import { Id } from './id';
import { Digest } from './records';

/** What stands behind the `#` of a join link: it never reaches a server in an address. */
export const JoinLink = z.object({
	team: Id,
	invite: z.string().check(z.regex(/^[a-z0-9]{30}$/)),
	/** SHA-256 of the first link of the team's roll. */
	fingerprint: Digest
});
export type JoinLink = z.infer<typeof JoinLink>;

/** Reads `#team.invite.fingerprint`, with or without the rest of the address; null for anything else. */
export function readJoinLink(text: string): JoinLink | null {
	const [team, invite, fingerprint] = text
		.trim()
		.replace(/^[^#]*#/, '')
		.split('.');
	const link = JoinLink.safeParse({ team, invite, fingerprint });
	return link.success ? link.data : null;
}

export const joinPath = ({ team, invite, fingerprint }: JoinLink): string =>
	`/join#${team}.${invite}.${fingerprint}`;
