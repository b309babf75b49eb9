/** The server plays with keys and grants: whose they are, what they hold, whether they have ended. */
import { afterAll, afterEach, beforeAll, describe } from 'vitest';
import { newPair } from '../../src/lib/crypto/age';
import { digest, fromBase64 } from '../../src/lib/crypto/bytes';
import { sealGrant } from '../../src/lib/crypto/keyring';
import { keysOf, newestKey } from '../../src/lib/domain/holders';
import { isSame, partiesOf } from '../../src/lib/domain/parties';
import type { Grant, Key } from '../../src/lib/domain/records';
import { makeDevice } from '../../src/lib/sync/account';
import { readerFor } from '../../src/lib/sync/audience';
import { freshId, grantTo, makeKey } from '../../src/lib/sync/outgoing';
import { wants } from './scenario';
import { message, Town, type Person, type Row } from './town';

let town: Town;
let eszter: Person;
let cora: Person;
let dorin: Person;
let bartek: Person;
let mallory: Person;
let team: string;

beforeAll(async () => {
	town = await Town.open();
	eszter = await town.eszter();
	cora = await town.comes('Cora', 'expert', eszter);
	dorin = await town.comes('Dorin', 'police', eszter);
	bartek = await town.comes('Bartek');
	mallory = await town.comes('Mallory');
	team = town.founding.team.id;
});
afterEach(() => {
	town.rewrite = (answer) => answer;
});
afterAll(() => town.close());

/** A case of Bartek's that Cora has on her device. */
async function aCase() {
	const made = await bartek.alerts();
	await cora.pull();
	const [key] = made.local.keys;
	if (!key) throw new Error('an alert has its key');
	return { id: made.parcel.item.case, key, grants: made.local.grants };
}

const store = (collection: string, row: Row): Promise<void> => town.writes('create', collection, row);
const plain = ({ rev: _, ...row }: Key | Grant): Row => row;

/** The key Cora would write to next. */
async function nextKey(person: Person, caseId: string, name: Key['name'] = 'reporter'): Promise<Key | null> {
	await person.pull();
	return newestKey(keysOf((await person.trust()).ring, caseId), name);
}

describe('keys', () => {
	wants('a new generation of the members’ circle that is its own', async () => {
		const before = town.founding.circles.find(({ name }) => name === 'members')?.id ?? '';
		const { key } = await makeKey({ team, case: '', name: 'members', before }, mallory.author);
		await store('keys', plain(key));
		await cora.pull();
		const reader = readerFor(await cora.trust(), { team, circle: 'members' });
		const sealsToIt = (await bartek.addressee())?.circle.recipient === key.recipient;
		await town.writes('delete', 'keys', { id: key.id });
		return sealsToIt || reader?.recipient === key.recipient;
	});

	wants('Cora’s next words to the team under a key of Mallory’s', async () => {
		const { id } = await aCase();
		const { key } = await makeKey({ team, case: id, name: 'team', before: '' }, mallory.author);
		await store('keys', plain(key));
		return (await nextKey(cora, id, 'team')) !== null;
	});

	wants('the thread led on to a key of Mallory’s, as if the old one had been replaced', async () => {
		const { id, key: genuine } = await aCase();
		const { key } = await makeKey({ team, case: id, name: 'reporter', before: genuine.id }, mallory.author);
		await store('keys', plain(key));
		return (await nextKey(cora, id))?.id !== genuine.id;
	});

	wants('the same in Bartek’s name', async () => {
		const { id, key: genuine } = await aCase();
		const { key } = await makeKey({ team, case: id, name: 'reporter', before: genuine.id }, mallory.author);
		await store('keys', { ...plain(key), maker: bartek.id });
		return (await nextKey(cora, id))?.id !== genuine.id;
	});

	wants('a key of Mallory’s taken for the first one of the case', async () => {
		const { id, key: genuine } = await aCase();
		const { key } = await makeKey({ team, case: id, name: 'reporter', before: '' }, mallory.author);
		await store('keys', plain(key));
		// It even comes first: everything genuine is touched, and so has a later rev.
		const ended = '2030-01-01 00:00:00.000Z';
		await town.writes('update', 'keys', { id: genuine.id, ended });
		const fresh = await town.again(cora);
		return (await nextKey(fresh, id))?.id !== genuine.id;
	});

	wants('the public half of a thread’s key swapped', async () => {
		const { id, key } = await aCase();
		await town.writes('update', 'keys', { id: key.id, recipient: mallory.account.recipient });
		const fresh = await town.again(cora);
		const before = (await nextKey(cora, id))?.recipient === mallory.account.recipient;
		return before || (await nextKey(fresh, id))?.recipient === mallory.account.recipient;
	});

	wants('writers led back to a key that somebody withdrawn can open', async () => {
		const { id, key } = await aCase();
		const next = await bartek.rekeys(id, 'reporter', [{ team, circle: 'members' }]);
		await town.writes('update', 'keys', { id: next.id, ended: '2026-11-20 10:42:00.000Z' });
		return (await nextKey(cora, id))?.id === key.id;
	});

	wants('an alert’s case taken over by an account that made the same case', async () => {
		const { id } = await aCase();
		const other = await mallory.alerts();
		const [key] = other.local.keys;
		if (!key) throw new Error('an alert has its key');
		await town.writes('update', 'keys', { id: key.id, case: id });
		return (await nextKey(cora, id))?.id === key.id;
	});
});

describe('grants', () => {
	/** Whether Cora would let Mallory read what comes next. */
	async function wouldLetIn(caseId: string): Promise<boolean> {
		const key = await nextKey(cora, caseId);
		const { ring } = await cora.trust();
		return !key || partiesOf(ring, key, Date.now()).some((party) => isSame(party, { user: mallory.id }));
	}

	wants('Mallory among the readers by a grant in Bartek’s name', async () => {
		const { id, key } = await aCase();
		const to = { user: mallory.id };
		const grant = await grantTo(to, mallory.account.recipient, key.id, await newPair(), mallory.author.hand);
		await store('grants', { ...plain(grant), giver: bartek.id });
		return wouldLetIn(id);
	});

	wants('Mallory among the readers by the hand of a locked phone that was taken away', async () => {
		const made = await bartek.alertsLocked();
		const [key] = made.local.keys;
		if (!key) throw new Error('an alert has its key');
		const { hand, certificate } = await makeDevice(bartek.id, bartek.secrets.seed);
		const stolen = { user: bartek.id, key: hand, certificate };
		const to = { user: mallory.id };
		const grant = await grantTo(to, mallory.account.recipient, key.id, await newPair(), stolen);
		await store('grants', plain(grant));
		return wouldLetIn(made.parcel.item.case);
	});

	wants('an audience’s key by the hand of a locked phone that was taken away', async () => {
		const { id, key: genuine } = await aCase();
		const { hand, certificate } = await makeDevice(bartek.id, bartek.secrets.seed);
		const place = { team, case: id, name: 'reporter', before: genuine.id } as const;
		const { key } = await makeKey(place, { hand: { user: bartek.id, key: hand, certificate } });
		await store('keys', plain(key));
		return (await nextKey(cora, id))?.id !== genuine.id;
	});

	wants('Mallory among the readers by her own grant', async () => {
		const { id, key } = await aCase();
		const to = { user: mallory.id };
		const grant = await grantTo(to, mallory.account.recipient, key.id, await newPair(), mallory.author.hand);
		await store('grants', plain(grant));
		return wouldLetIn(id);
	});

	wants('a genuine grant pointed at another key', async () => {
		const [first, second] = [await aCase(), await aCase()];
		const [own] = first.grants;
		if (!own) throw new Error('an alert has its grants');
		await store('grants', { ...plain(own), id: freshId(), key: second.key.id, user: mallory.id });
		return wouldLetIn(second.id);
	});

	wants('a genuine grant turned to Mallory', async () => {
		const { id, grants } = await aCase();
		const [own] = grants;
		if (!own) throw new Error('an alert has its grants');
		await town.writes('update', 'grants', { id: own.id, user: mallory.id });
		return wouldLetIn(id);
	});

	/** What a new device of Cora's takes for the thread's identity after the team's grant was changed. */
	async function identityAfter(change: (grant: Grant, circle: string) => Promise<Row>): Promise<boolean> {
		const { key, grants } = await aCase();
		const grant = grants.find(({ via }) => via !== '');
		const circle = town.founding.circles.find(({ name }) => name === 'members');
		if (!grant || !circle) throw new Error('an alert is granted to the circle');
		await town.writes('update', 'grants', await change(grant, circle.recipient));
		const fresh = await town.again(cora);
		await fresh.pull();
		const found = await fresh.identity(key.id).catch(() => null);
		return found === evil.identity;
	}
	const evil = { identity: '', recipient: '' };
	beforeAll(async () => {
		Object.assign(evil, await newPair());
	});

	wants('an identity of its own in the place of the thread’s', () =>
		identityAfter(async ({ id }, circle) => {
			const { sealed } = await sealGrant(evil.identity, circle);
			return { id, sealed };
		})
	);

	wants('the same with a digest that fits', () =>
		identityAfter(async ({ id }, circle) => {
			const { sealed, digest: fits } = await sealGrant(evil.identity, circle);
			return { id, sealed, digest: fits };
		})
	);

	wants('the same with the key’s public half swapped along', () =>
		identityAfter(async ({ id, key }, circle) => {
			const { sealed } = await sealGrant(evil.identity, circle);
			await town.writes('update', 'keys', { id: key, recipient: evil.recipient });
			return { id, sealed, digest: await digest(fromBase64(sealed)) };
		})
	);

	wants('Dorin to read on after he was withdrawn, by a grant that is shown as live again', async () => {
		const { id, key } = await aCase();
		const reader = readerFor(await eszter.trust(), { team, circle: 'police' });
		if (!reader || !('via' in reader)) throw new Error('the police have a circle');
		const identity = await bartek.identity(key.id);
		const to = { via: reader.via };
		const opened = await grantTo(to, reader.recipient, key.id, { identity }, bartek.author.hand);
		const { rev: _, ...row } = opened;
		await bartek.delivers([{ collection: 'grants', id: row.id, verb: 'create', body: row }]);
		await dorin.pull();
		if ((await dorin.believes(id)).length !== 1) throw new Error('the opening did not work');

		await town.writes('update', 'grants', { id: opened.id, ended: '2026-11-20 10:42:00.000Z' });
		await bartek.pull();
		await bartek.rekeys(id, 'reporter', [{ team, circle: 'members' }]);
		await town.writes('update', 'grants', { id: opened.id, ended: '' });
		await cora.pull();
		await cora.says(id, message('Only for the team.'));
		await dorin.pull();
		return (await dorin.believes(id)).length > 1;
	});

	wants('an old state of a grant taken for the newest', async () => {
		const { id, grants } = await aCase();
		const [own] = grants;
		if (!own) throw new Error('an alert has its grants');
		await town.writes('update', 'grants', { id: own.id, ended: '2026-11-20 10:42:00.000Z' });
		await bartek.pull();
		const now = await bartek.store.grants.get(own.id);
		town.rewrite = (answer, path) => {
			if (path !== '/api/heed/pull') return answer;
			const page = answer as { rows: Record<string, unknown[]> };
			page.rows.grants = [{ ...own, rev: 1 }];
			return page;
		};
		await bartek.pull();
		return now?.ended !== (await bartek.store.grants.get(own.id))?.ended || id === '';
	});

	wants('a reporter’s own words wiped from the phone by a grant that is said to have ended', async () => {
		const { id, grants } = await aCase();
		for (const { id: grant } of grants)
			await town.writes('update', 'grants', { id: grant, ended: '2026-11-20 10:42:00.000Z' });
		await bartek.pull();
		return (await bartek.believes(id)).length === 0;
	});
});
