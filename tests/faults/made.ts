/** Rows of the right form around nothing but noise: sealing costs time and is tested elsewhere. */
import { createHash } from 'node:crypto';
import type { Write } from '../../src/lib/domain/outbox';
import type { Case, Entry, Grant, Key } from '../../src/lib/domain/records';
import type { Chance } from './chance';
import type { Made } from './server';

/** Who writes, and to which team: what a server checks. */
export type Place = { author: string; team: string; circle: string; recipient: string; mayMove: boolean };

export function makeRows(
	{ author, team, circle, recipient, mayMove }: Place,
	chance: Chance,
	words: string,
	into: { case: string; key: string } | null
): Made {
	const kase = into?.case ?? chance.id();
	const key = into?.key ?? chance.id();
	const sealed = Buffer.from(words.padEnd(60)).toString('base64');
	const digest = createHash('sha256').update(sealed).digest('hex');
	const proof = `${'A'.repeat(86)}==`;
	const [rev, created, ended] = [0, '2026-11-21 12:00:00.000Z', ''];
	const row: Case = {
		...{ id: kase, rev, team, theme: 'hate', type: 'other', place: 'Here', urgency: 'calm' },
		...{ phase: 'received', owner: '', created }
	};
	const keyRow: Key = {
		...{ id: key, rev, team, case: kase, name: 'reporter', before: '' },
		...{ recipient, maker: author, proof, ended }
	};
	const grants = [
		{ user: author, via: '' },
		{ user: '', via: circle }
	].map((to): Grant => ({ id: chance.id(), rev, key, ...to, sealed, digest, giver: author, proof, ended }));
	const kind = into ? 'message' : 'alert';
	const entry: Entry = { id: chance.id(), rev, case: kase, key, kind, author, sealed, digest, created };
	const moves: Write[] =
		into && mayMove ? [{ collection: 'cases', id: kase, verb: 'update', body: { phase: 'intake' } }] : [];
	return {
		entry,
		writes: [
			...(into
				? []
				: [write('cases', row), write('keys', keyRow), ...grants.map((grant) => write('grants', grant))]),
			write('entries', entry),
			...moves
		],
		local: into ? { cases: [], keys: [], grants: [] } : { cases: [row], keys: [keyRow], grants }
	};
}

export const wordsOf = (sealed: unknown): string => Buffer.from(String(sealed), 'base64').toString().trim();

function write(collection: string, row: Case | Key | Grant | Entry): Write {
	const { id, ...more } = row;
	const body = Object.fromEntries(
		Object.entries(more).filter(([name]) => name !== 'rev' && name !== 'created')
	);
	return { collection, id, verb: 'create', body };
}
