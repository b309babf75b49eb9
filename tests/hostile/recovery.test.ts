/** Somebody forgot the passphrase, and the server would like to come back in that person's place. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { attest, digestOf, signingKey } from '../../src/lib/crypto/proof';
import { newDeviceKey } from '../../src/lib/crypto/vault';
import type { Recovery } from '../../src/lib/domain/records';
import { lostKeys } from '../../src/lib/domain/recovery';
import { approvalFields, cardFields, recoveryFields } from '../../src/lib/domain/signed';
import type { AskedRecovery } from '../../src/lib/store/device';
import { readerFor } from '../../src/lib/sync/audience';
import { create, freshId } from '../../src/lib/sync/outgoing';
import { makeAsking, makeBrought, openAsked } from '../../src/lib/sync/recovery';
import { wants } from './scenario';
import { Town, type Person } from './town';

let town: Town;
let eszter: Person;
let gerda: Person;
let mallory: Person;
let instance: string;
/** Who forgets, anew for every attack. */
let cora: Person;

beforeAll(async () => {
	town = await Town.open({ HEED_RECOVERY_DELAY_MINUTES: '0' });
	instance = town.founding.instance;
	eszter = await town.eszter();
	gerda = await town.comes('Gerda', 'expert', eszter);
	mallory = await town.comes('Mallory');
});
beforeEach(async () => {
	cora = await town.comes('Cora', 'expert', eszter);
	await Promise.all([eszter.pull(), gerda.pull()]);
});
afterAll(() => town.close());

type Asked = { asked: AskedRecovery; deviceKey: CryptoKey; auth: string };

/** Cora on a new device, as the app asks. */
async function asks(): Promise<Asked> {
	const deviceKey = await newDeviceKey();
	const who = { login: cora.account.login, team: town.founding.team.id, instance };
	const auth = freshId() + freshId() + freshId().slice(0, 13);
	const wrap = await newDeviceKey();
	const { body, asked } = await makeAsking(who, { auth, wrap }, deviceKey, Date.now());
	const answer = await post('ask', body);
	if (answer.status !== 204) throw new Error(`not heard: ${answer.status}`);
	await Promise.all([eszter.pull(), gerda.pull()]);
	return { asked, deviceKey, auth };
}

const post = (step: string, body: object): Promise<Response> =>
	fetch(`${town.server.url}/api/heed/recover/${step}`, {
		method: 'POST',
		headers: { 'Content-Type': 'application/json' },
		body: JSON.stringify(body)
	});

/** What `by` signs on seeing `row`. */
async function approves(by: Person, row: Pick<Recovery, 'id' | 'user' | 'recipient' | 'verifier'>) {
	const before = cora.account.verifier;
	const proof = await attest(by.author.hand.key, 'approval', approvalFields(instance, row, before));
	await by.delivers([create('approvals', { id: freshId(), recovery: row.id, by: by.id, before, proof })]);
}

async function finishes({ asked, deviceKey, auth }: Asked): Promise<void> {
	const { secrets } = await openAsked(asked, deviceKey);
	const brought = await makeBrought({ user: cora.id, name: 'Cora', kind: 'named' }, asked, secrets);
	const answer = await post('finish', { id: asked.id, auth, ...brought });
	if (answer.status !== 200) throw new Error(`not finished: ${answer.status} ${await answer.text()}`);
}

/** What the person's screen would have read aloud from it. */
const digits = async (by: Person, id: string): Promise<string> => {
	const row = await by.store.recoveries.get(id);
	if (!row) throw new Error('the request did not come');
	return digestOf(recoveryFields(instance, row));
};

const malloryKeys = () => ({ recipient: mallory.account.recipient, verifier: mallory.account.verifier });

/** Mallory's keys under Cora's name, as somebody writes them who owns the database. */
async function takesThePlace(): Promise<void> {
	const card = cardFields(instance, { id: cora.id, kind: 'named', name: 'Cora', ...malloryKeys() });
	const proof = await attest(await signingKey(mallory.secrets.seed), 'card', card);
	await town.writes('update', 'users', { id: cora.id, ...malloryKeys(), proof });
}

/** A request with Mallory's keys in Cora's name, signed with them. */
async function aForgedRequest(more: object = {}): Promise<Recovery> {
	const fields = {
		...{ id: freshId(), team: town.founding.team.id, login: cora.account.login, ...malloryKeys() }
	};
	const proof = await attest(
		await signingKey(mallory.secrets.seed),
		'recovery',
		recoveryFields(instance, fields)
	);
	const row = { ...fields, user: cora.id, proof, done: '', refused: '', ...more };
	await town.writes('create', 'recoveries', { ...row, ticket: 'ab'.repeat(32) });
	return row as unknown as Recovery;
}

/** Whether anybody would seal to Mallory for Cora. */
async function isBelieved(...people: Person[]): Promise<boolean> {
	const found: boolean[] = [];
	for (const person of people) {
		await person.pull();
		const reader = readerFor(await person.trust(), { user: cora.id });
		found.push(reader?.recipient === mallory.account.recipient);
	}
	return found.includes(true);
}

test('between honest people the digits are the same, and who compared them believes the new keys', async () => {
	const request = await asks();
	const { asked } = request;
	const read = await digestOf(recoveryFields(instance, asked));
	expect([await digits(eszter, asked.id), await digits(gerda, asked.id)]).toEqual([read, read]);
	for (const by of [eszter, gerda]) await approves(by, { ...asked, user: cora.id });
	await finishes(request);
	for (const by of [eszter, gerda]) {
		await by.pull();
		expect(readerFor(await by.trust(), { user: cora.id })).toMatchObject({ recipient: asked.recipient });
	}
	// Who did not compare seals nothing to them until they are on the roll.
	const dorin = await town.comes('Dorin', 'police', eszter);
	await dorin.pull();
	expect(readerFor(await dorin.trust(), { user: cora.id })).toBeNull();
});

test('what ended with the old keys is known by its time, and what ended before stays ended', async () => {
	const alert = await cora.alerts();
	const request = await asks();
	for (const by of [eszter, gerda]) await approves(by, { ...request.asked, user: cora.id });
	await finishes(request);
	await eszter.pull();
	const { ring } = await eszter.trust();
	const row = await eszter.store.recoveries.get(request.asked.id);
	expect(lostKeys(ring, cora.id, row?.done ?? '').map(({ id }) => id)).toEqual([alert.identity.key]);
	expect(lostKeys(ring, cora.id, '2026-11-18 12:00:00.000Z')).toEqual([]);
	expect(lostKeys(ring, gerda.id, row?.done ?? '')).toEqual([]);
});

describe('a request that was made', () => {
	wants('the digits that Cora reads aloud to fit other keys', async () => {
		const { asked } = await asks();
		const read = await digestOf(recoveryFields(instance, asked));
		await town.writes('update', 'recoveries', { id: asked.id, ...malloryKeys() });
		const found: boolean[] = [];
		for (const by of [eszter, gerda]) {
			await by.pull();
			found.push((await digits(by, asked.id)) === read);
		}
		return found.includes(true);
	});

	for (const field of ['login', 'team', 'verifier', 'recipient'] as const) {
		wants(`the same digits for another ${field}`, async () => {
			const { asked } = await asks();
			const other = { ...malloryKeys(), login: mallory.account.login, team: freshId() };
			const changed = { ...asked, [field]: other[field] };
			const [read, seen] = [recoveryFields(instance, asked), recoveryFields(instance, changed)];
			return (await digestOf(read)) === (await digestOf(seen));
		});
	}

	wants('an approval of Cora’s keys to count for its own', async () => {
		const { asked } = await asks();
		for (const by of [eszter, gerda]) await approves(by, { ...asked, user: cora.id });
		await town.writes('update', 'recoveries', {
			id: asked.id,
			...malloryKeys(),
			done: '2026-11-18 12:00:00.000Z'
		});
		await takesThePlace();
		return isBelieved(eszter, gerda);
	});

	wants('an approval for Cora to count for somebody else', async () => {
		const { asked, deviceKey } = await asks();
		await approves(eszter, { ...asked, user: cora.id });
		await town.writes('update', 'recoveries', { id: asked.id, user: gerda.id });
		// Cora is of one mind with the server here, and signs whatever it needs.
		const { secrets } = await openAsked(asked, deviceKey);
		const { recipient, verifier } = asked;
		const card = cardFields(instance, { id: gerda.id, kind: 'named', name: 'Gerda', recipient, verifier });
		const proof = await attest(await signingKey(secrets.seed), 'card', card);
		const { account } = gerda;
		const before = { recipient: account.recipient, verifier: account.verifier, proof: account.proof };
		await town.writes('update', 'users', { id: gerda.id, recipient, verifier, proof });
		await eszter.pull();
		const reader = readerFor(await eszter.trust(), { user: gerda.id });
		await town.writes('update', 'users', { id: gerda.id, ...before });
		await eszter.pull();
		return reader?.recipient === recipient;
	});
});

describe('a request that nobody made', () => {
	wants('keys that were finished without an approval to be sealed to', async () => {
		await aForgedRequest({ done: '2026-11-18 12:00:00.000Z' });
		await takesThePlace();
		return isBelieved(eszter, gerda);
	});

	wants('approvals in its members’ names to be believed', async () => {
		const row = await aForgedRequest({ done: '2026-11-18 12:00:00.000Z' });
		const key = await signingKey(mallory.secrets.seed);
		const before = cora.account.verifier;
		const proof = await attest(key, 'approval', approvalFields(instance, row, before));
		for (const by of [eszter, gerda])
			await town.writes('create', 'approvals', {
				...{ id: freshId(), recovery: row.id, by: by.id },
				...{ before, proof }
			});
		await takesThePlace();
		return isBelieved(eszter, gerda);
	});

	wants('the approval of one who was deceived to count for everybody', async () => {
		const row = await aForgedRequest();
		await approves(gerda, row);
		await town.writes('update', 'recoveries', { id: row.id, done: '2026-11-18 12:00:00.000Z' });
		await takesThePlace();
		return isBelieved(eszter);
	});

	wants('an approval of one request to be shown again for the next', async () => {
		const { asked } = await asks();
		await approves(eszter, { ...asked, user: cora.id });
		await eszter.pull();
		const mine = await eszter.store.approvals.toArray();
		const { proof = '', before = '' } = mine.at(-1) ?? {};
		const row = await aForgedRequest({ done: '2026-11-18 12:00:00.000Z' });
		await town.writes('create', 'approvals', {
			...{ id: freshId(), recovery: row.id, by: eszter.id },
			...{ before, proof }
		});
		await takesThePlace();
		return isBelieved(eszter);
	});
});
