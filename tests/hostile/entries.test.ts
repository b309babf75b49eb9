/** The server forges, moves, repeats, drops and reorders what people said; and people who hold a key help it. */
import { afterAll, afterEach, beforeAll, describe } from 'vitest';
import { open, seal } from '../../src/lib/crypto/age';
import { digest, fromBase64, own, toBase64 } from '../../src/lib/crypto/bytes';
import { openPart, sealEntry, sealPart } from '../../src/lib/crypto/envelope';
import type { Hand } from '../../src/lib/crypto/hand';
import { pad } from '../../src/lib/crypto/padding';
import { canonical, newDeviceSigningKey } from '../../src/lib/crypto/proof';
import type { Content } from '../../src/lib/domain/content';
import type { EntryHeader } from '../../src/lib/domain/envelope';
import { fold, type Said } from '../../src/lib/domain/fold';
import type { Entry, Key } from '../../src/lib/domain/records';
import { makeDevice } from '../../src/lib/sync/account';
import { linkWrite } from '../../src/lib/sync/admission';
import { freshId, grantTo } from '../../src/lib/sync/outgoing';
import { wants } from './scenario';
import { ALERT, message, Town, type Person, type Row } from './town';

let town: Town;
let eszter: Person;
let cora: Person;
let bartek: Person;
let mallory: Person;
let team: string;

beforeAll(async () => {
	town = await Town.open();
	eszter = await town.eszter();
	cora = await town.comes('Cora', 'expert', eszter);
	bartek = await town.comes('Bartek');
	mallory = await town.comes('Mallory');
	team = town.founding.team.id;
});
afterEach(() => {
	town.rewrite = (answer) => answer;
});
afterAll(() => town.close());

type Case = { id: string; key: Key; alert: Entry };

async function aCase(): Promise<Case> {
	const made = await bartek.alerts();
	await cora.pull();
	const [[key], [alert]] = [made.local.keys, made.local.entries];
	if (!key || !alert) throw new Error('an alert has its key and entry');
	return { id: made.parcel.item.case, key, alert };
}

/** Cora has answered, and Bartek has not seen it yet. */
async function answered(text = 'Thank you for writing.'): Promise<Case & { said: Entry }> {
	const found = await aCase();
	const said = await cora.says(found.id, message(text));
	return { ...found, said };
}

/** Whether `person`, on a device that sees it for the first time, takes an entry for genuine. */
async function believes(person: Person, caseId: string, entry: string): Promise<boolean> {
	const fresh = await town.again(person);
	await fresh.pull();
	return (await fresh.believes(caseId)).some(({ id }) => id === entry);
}

type Forged = { author: Person; hand: Hand; kind?: string; header?: Partial<EntryHeader> };

/** An entry that somebody made up and the server put where it wanted. */
async function forge(
	{ id, key }: Case,
	content: Content,
	{ author, hand, kind = content.kind, header = {} }: Forged
): Promise<string> {
	const entry = freshId();
	const place = { team, case: id, entry, key: key.id, kind, author: author.id };
	const turn = { after: [], seq: 1, device: freshId(), roll: 0 };
	const sealed = await sealEntry({ ...place, ...turn, ...header }, content, key.recipient, hand);
	await put({ id: entry, case: id, key: key.id, kind, author: author.id, ...sealed });
	return entry;
}

const put = (row: Row): Promise<void> => town.writes('create', 'entries', row);

/** Bytes laid out as an entry, with a signature of zeros; sealed by somebody who knows the public key only. */
async function unsigned({ id, key }: Case, author: Person): Promise<string> {
	const entry = freshId();
	const place = { team, case: id, entry, key: key.id, kind: 'message', author: author.id };
	const utf8 = new TextEncoder();
	const head = utf8.encode(canonical({ v: 2, ...place, after: [], seq: 1, device: freshId(), roll: 0 }));
	const body = utf8.encode(JSON.stringify(message('Do nothing.')));
	const length = (bytes: Uint8Array) => [0, 0, bytes.length >> 8, bytes.length & 255];
	const whole = [...length(head), ...head, ...length(body), ...body, ...new Uint8Array(64), 0, 0];
	const sealed = await seal(pad(Uint8Array.from(whole)), key.recipient);
	await put({
		...{ id: entry, case: id, key: key.id, kind: 'message', author: author.id },
		...{ sealed: toBase64(sealed), digest: await digest(sealed) }
	});
	return entry;
}

describe('forging', () => {
	wants('its own words in Cora’s name', async () => {
		const found = await aCase();
		const entry = await forge(found, message('Say nothing to the parents.'), {
			author: cora,
			hand: { ...mallory.author.hand, user: cora.id }
		});
		return believes(bartek, found.id, entry);
	});

	wants('words without any signature believed', async () => {
		const found = await aCase();
		return believes(bartek, found.id, await unsigned(found, cora));
	});

	wants('the old, unsigned envelope believed', async () => {
		const found = await aCase();
		const entry = freshId();
		const place = { team, case: found.id, entry, key: found.key.id, kind: 'message', author: cora.id };
		const old = { v: 1, place, content: message('Do nothing.') };
		const bytes = await seal(new TextEncoder().encode(JSON.stringify(old)), found.key.recipient);
		await put({
			...{ id: entry, case: found.id, key: found.key.id, kind: 'message', author: cora.id },
			...{ sealed: toBase64(bytes), digest: await digest(bytes) }
		});
		return believes(bartek, found.id, entry);
	});

	wants('somebody without a place in the team to answer as the team', async () => {
		const found = await aCase();
		const entry = await forge(found, message('I am of the team.'), {
			author: mallory,
			hand: mallory.author.hand
		});
		return believes(bartek, found.id, entry);
	});

	wants('an account called Cora taken for Cora', async () => {
		const posing = await town.comes('Cora');
		const found = await aCase();
		const entry = await forge(found, message('I am Cora.'), { author: posing, hand: posing.author.hand });
		return believes(bartek, found.id, entry);
	});

	wants('a second alert put into Bartek’s case', async () => {
		const found = await aCase();
		const content: Content = { ...ALERT, story: 'It was the other boy.' };
		const entry = await forge(found, content, { author: mallory, hand: mallory.author.hand });
		return believes(cora, found.id, entry);
	});

	wants('an alert in Bartek’s name by a device he never had', async () => {
		const found = await aCase();
		const { device, hand, certificate } = await makeDevice(bartek.id, mallory.secrets.seed);
		const content: Content = { ...ALERT, story: 'It was nothing.' };
		const entry = await forge(found, content, {
			author: bartek,
			hand: { user: bartek.id, key: hand, certificate },
			header: { device }
		});
		return believes(cora, found.id, entry);
	});

	wants('more than a new alert from the hand of a locked phone that was taken away', async () => {
		const found = await aCase();
		const { device, hand, certificate } = await makeDevice(cora.id, cora.secrets.seed);
		const entry = await forge(found, message('Close it.'), {
			author: cora,
			hand: { user: cora.id, key: hand, certificate },
			header: { device }
		});
		return believes(bartek, found.id, entry);
	});

	wants('a certificate stretched to another device', async () => {
		const found = await aCase();
		const stolen = await makeDevice(bartek.id, bartek.secrets.seed);
		const { key, verifier } = await newDeviceSigningKey();
		const entry = await forge(
			found,
			{ ...ALERT, story: 'It was nothing.' },
			{
				author: bartek,
				hand: { user: bartek.id, key, certificate: { ...stolen.certificate, verifier } },
				header: { device: stolen.device }
			}
		);
		return believes(cora, found.id, entry);
	});
});

describe('moving', () => {
	wants('Cora’s words under Eszter’s name', async () => {
		const { id, said } = await answered();
		await town.writes('update', 'entries', { id: said.id, author: eszter.id });
		return believes(bartek, id, said.id);
	});

	wants('a message taken for an act', async () => {
		const { id, said } = await answered();
		await town.writes('update', 'entries', { id: said.id, kind: 'take' });
		return believes(bartek, id, said.id);
	});

	wants('an answer shown in another case', async () => {
		const [{ said }, other] = [await answered(), await aCase()];
		await town.writes('update', 'entries', { id: said.id, case: other.id });
		return believes(bartek, other.id, said.id);
	});

	wants('an answer said twice', async () => {
		const { id, said } = await answered();
		const copy = freshId();
		const { key, kind, author, sealed, digest: hash } = said;
		await put({ id: copy, case: id, key, kind, author, sealed, digest: hash });
		return believes(bartek, id, copy);
	});

	wants('what Cora said to one taken by a reader to another', async () => {
		const [first, second] = [await answered('Tell the parents.'), await aCase()];
		// Bartek holds both threads and helps the server: he seals Cora's signed words to the other one.
		await bartek.pull();
		const inside = await open(fromBase64(first.said.sealed), await bartek.identity(first.key.id));
		const sealed = await seal(inside, second.key.recipient);
		const entry = freshId();
		await put({
			...{ id: entry, case: second.id, key: second.key.id, kind: 'message', author: cora.id },
			...{ sealed: toBase64(sealed), digest: await digest(sealed) }
		});
		return believes(eszter, second.id, entry);
	});

	wants('a word changed on the way', async () => {
		const { id, said } = await answered();
		const bytes = own(fromBase64(said.sealed));
		bytes[bytes.length - 20] = (bytes[bytes.length - 20] ?? 0) ^ 1;
		await town.writes('update', 'entries', { id: said.id, sealed: toBase64(bytes) });
		return believes(bartek, id, said.id);
	});

	wants('a picture swapped for another', async () => {
		const found = await aCase();
		const place = { case: found.id, key: found.key.id, index: 0, count: 1, author: bartek.id };
		const [one, other] = [freshId(), freshId()];
		const bytes = Uint8Array.from([1, 2, 3]);
		const { hand } = bartek.author;
		const sent = await sealPart({ ...place, file: one }, bytes, found.key.recipient, hand);
		const identity = await cora.identity(found.key.id);
		const { verifiersOf } = await cora.trust();
		const verifiers = verifiersOf(bartek.id, team, 0);
		const right = await openPart(sent.bytes, { ...place, file: one }, identity, verifiers);
		if (!right.ok) throw new Error('the picture does not even open in its place');
		return (await openPart(sent.bytes, { ...place, file: other }, identity, verifiers)).ok;
	});

	wants('a picture of Mallory’s taken for Bartek’s', async () => {
		const found = await aCase();
		const place = {
			case: found.id,
			key: found.key.id,
			file: freshId(),
			index: 0,
			count: 1,
			author: bartek.id
		};
		const hand = { ...mallory.author.hand, user: bartek.id };
		const sent = await sealPart(place, Uint8Array.from([1, 2, 3]), found.key.recipient, hand);
		const { verifiersOf } = await cora.trust();
		return (
			await openPart(sent.bytes, place, await cora.identity(found.key.id), verifiersOf(bartek.id, team, 0))
		).ok;
	});
});

/** The case as `person`'s screen folds it. */
async function folded(person: Person, caseId: string) {
	const entries = new Map(
		(await person.store.entries.where({ case: caseId }).toArray()).map((e) => [e.id, e])
	);
	const said = (await person.reads(caseId)).map(({ id, author, kind, key, content, after, seq }): Said => {
		const entry = entries.get(id);
		return {
			...{
				id,
				kind,
				author,
				rev: entry?.rev ?? null,
				time: Date.parse(entry?.created ?? ''),
				audience: 'reporter'
			},
			content: content ?? 'unreadable',
			header: content && { key, after: [...after], seq, device: author }
		};
	});
	return fold(said);
}

describe('dropping and reordering', () => {
	wants('something in the middle held back without anybody noticing', async () => {
		const found = await answered('First.');
		await cora.pull();
		await cora.says(found.id, message('Second.'));
		await town.writes('delete', 'entries', { id: found.said.id });
		const fresh = await town.again(bartek);
		await fresh.pull();
		return (await folded(fresh, found.id)).missing.length === 0;
	});

	wants('the end of one person’s words held back while another answers them', async () => {
		const found = await answered('What did you see?');
		await eszter.pull();
		await eszter.says(found.id, message('As Cora says.'));
		await town.writes('delete', 'entries', { id: found.said.id });
		const fresh = await town.again(bartek);
		await fresh.pull();
		return (await folded(fresh, found.id)).missing.length === 0;
	});

	wants('an answer shown before its question', async () => {
		const found = await answered('Have you told anybody?');
		await bartek.pull();
		const reply = await bartek.says(found.id, message('Yes.'));
		// Touched again, the question gets a later rev than its answer.
		await town.writes('update', 'entries', { id: found.said.id, digest: found.said.digest });
		const fresh = await town.again(eszter);
		await fresh.pull();
		const order = (await folded(fresh, found.id)).timeline.map(({ id }) => id);
		const revs = await fresh.store.entries.bulkGet([found.said.id, reply.id]);
		if ((revs[0]?.rev ?? 0) < (revs[1]?.rev ?? 0)) throw new Error('the server did not even reorder');
		return order.indexOf(found.said.id) > order.indexOf(reply.id);
	});
});

describe('people who are no longer there', () => {
	wants('somebody who left to go on answering', async () => {
		const leaver = await town.comes('Leaver', 'expert', eszter);
		const found = await aCase();
		await leaver.pull();
		await leaver.says(found.id, message('Before.'));
		const roll = await eszter.roll();
		if (!roll) throw new Error('no roll');
		const { write } = await linkWrite(roll, { do: 'end', user: leaver.id }, eszter.author.hand, Date.now());
		await eszter.delivers([write]);
		await bartek.pull();
		const entry = await forge(found, message('After.'), { author: leaver, hand: leaver.author.hand });
		await bartek.pull();
		const believed = await bartek.believes(found.id);
		if (!believed.some(({ author }) => author === leaver.id)) throw new Error('even what was before is gone');
		return believed.some(({ id }) => id === entry);
	});

	wants('a guest to go on after the last day', async () => {
		const until = Date.now() + 15_000;
		const guest = await town.comes('Frieda', 'guest', eszter, until);
		const found = await aCase();
		const identity = await bartek.identity(found.key.id);
		await bartek.pull();
		const { recipient } = guest.account;
		const grant = await grantTo(
			{ user: guest.id },
			recipient,
			found.key.id,
			{ identity },
			bartek.author.hand
		);
		const { rev: _, ...row } = grant;
		await bartek.delivers([{ collection: 'grants', id: row.id, verb: 'create', body: row }]);
		const early = await forge(found, message('In time.'), { author: guest, hand: guest.author.hand });
		await bartek.pull();
		if (!(await bartek.believes(found.id)).some(({ id }) => id === early))
			throw new Error('a guest may write');
		await new Promise((resolve) => setTimeout(resolve, Math.max(0, until - Date.now()) + 1_000));
		const late = await forge(found, message('Too late.'), { author: guest, hand: guest.author.hand });
		await bartek.pull();
		return (await bartek.believes(found.id)).some(({ id }) => id === late);
	});
});

describe('the seals', () => {
	wants('to read what was said', async () => {
		const canary = 'kanarienvogelqzxvb';
		const { said } = await answered(canary);
		const row = JSON.stringify(await town.row('entries', said.id));
		return row.includes(canary) || town.server.logs().includes(canary);
	});

	wants('to tell a short answer from a long one by its size', async () => {
		const sizes = await Promise.all(
			['Yes.', 'No, not at all, I have not.'].map(async (text) => (await answered(text)).said.sealed.length)
		);
		return new Set(sizes).size > 1;
	});
});
