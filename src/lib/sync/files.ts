import { openPart } from '../crypto/envelope';
import type { Bytes } from '../crypto/bytes';
import { keysOf } from '../domain/holders';
import { fail, ok, type Result } from '../domain/result';
import type { Roll } from '../domain/roll';
import type { Session } from '../store/device';
import type { Store } from '../store/person';
import { openIdentities } from './opening';
import { connect } from './remote';
import { readTrust } from './trust';

/** Sealed parts of files that are not whole yet: where the line breaks, the next try goes on from there. */
const fetched = new Map<string, Bytes>();

/** A file's bytes from its parts: all there, each where it belongs, or an error. */
export async function fetchFile(
	store: Store,
	vault: CryptoKey,
	session: Session,
	rolls: ReadonlyMap<string, Roll>,
	wanted: { case: string; file: string; parts: number }
): Promise<Result<Bytes, { kind: 'not_here' | 'damaged' }>> {
	const remote = connect(location.origin, session.token);
	const trust = await readTrust(store, rolls);
	const identities = await openIdentities(store, vault, session.account, rolls);
	const rows = (await store.blobs.where({ file: wanted.file }).toArray()).sort((a, b) => a.index - b.index);
	if (rows.length !== wanted.parts) return fail({ kind: 'not_here' });
	// Files come with alerts alone, under a key of who wrote it: whoever else signs for one has put it in that one's place.
	const keys = keysOf(trust.ring, wanted.case);
	const [thread] = keys;
	const own = keys.find(({ id, maker }) => id === rows[0]?.key && maker === thread?.maker);

	const pieces: Bytes[] = [];
	for (const [index, { id, rev, key, owner }] of rows.entries()) {
		const before = fetched.get(id);
		const sealed = before ? ok(before) : await remote.fetchPart(id);
		const identity = await identities(key);
		if (!sealed.ok || !identity) return fail({ kind: 'not_here' });
		fetched.set(id, sealed.value);
		if (key !== own?.id || owner !== own.maker) return fail({ kind: 'damaged' });
		const place = { case: wanted.case, key, file: wanted.file, index, count: wanted.parts };
		const header = { ...place, author: owner };
		const opened = await openPart(sealed.value, header, identity, trust.verifiersOf(owner, own.team, rev));
		if (!opened.ok) return fail({ kind: 'damaged' });
		pieces.push(opened.value);
	}
	for (const { id } of rows) fetched.delete(id);
	return ok(new Uint8Array(await new Blob(pieces).arrayBuffer()));
}
