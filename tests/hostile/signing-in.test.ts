/** The server lies while somebody signs in: about what it keeps for them, and about who they are. */
import { afterAll, afterEach, beforeAll, describe } from 'vitest';
import { createHash } from 'node:crypto';
import { deriveCode, newCode } from '../../src/lib/crypto/code';
import { derive } from '../../src/lib/crypto/passphrase';
import { unwrap } from '../../src/lib/sync/account';
import { connect } from '../../src/lib/sync/remote';
import { wants } from './scenario';
import { Town, type Person } from './town';

const cheap = (passphrase: string, salt: Uint8Array) =>
	Promise.resolve(new Uint8Array(createHash('sha256').update(passphrase).update(salt).digest()));

let town: Town;
let bartek: Person;
let mallory: Person;

beforeAll(async () => {
	town = await Town.open();
	bartek = await town.comes('Bartek');
	mallory = await town.comes('Mallory');
});
afterEach(() => {
	town.rewrite = (answer) => answer;
});
afterAll(() => town.close());

/** Whether Bartek's device takes the secrets that come with this answer to his sign-in for his own. */
async function takes(change: Record<string, unknown>): Promise<boolean> {
	town.rewrite = (answer, path) => {
		if (!path.endsWith('/auth-with-password')) return answer;
		const { record, ...rest } = answer as { record: object };
		return { ...rest, record: { ...record, ...change } };
	};
	const derived = await derive('passphrase of Bartek', town.founding.instance, bartek.account.login, cheap);
	const answer = await connect(town.address).signIn(bartek.account.login, derived.auth);
	if (!answer.ok) return false;
	if (Object.keys(change).some((name) => !(name in answer.value.record)))
		throw new Error('the change did not even arrive');
	return (await unwrap(derived, answer.value.record)) !== null;
}

describe('signing in', () => {
	wants('another wrapped key taken for Bartek’s', () => takes({ wrapped: mallory.account.wrapped }));

	wants('the same with Mallory’s public keys beside it', () => {
		const { wrapped, recipient, verifier } = mallory.account;
		return takes({ wrapped, recipient, verifier });
	});

	wants('Bartek’s secrets opened under another’s public keys', () => {
		const { recipient, verifier } = mallory.account;
		return takes({ recipient, verifier });
	});

	wants('Bartek signed in as somebody else', () => takes({ id: mallory.id }));

	wants('another’s row taken by whoever comes back by a return code', async () => {
		const code = newCode((bytes) => crypto.getRandomValues(bytes));
		const nobody = await town.comesByCode(code);
		town.rewrite = (answer, path) => {
			if (!path.endsWith('/auth-with-password')) return answer;
			const { id, recipient, verifier } = mallory.account;
			const { record, ...rest } = answer as { record: object };
			return { ...rest, record: { ...record, id, recipient, verifier } };
		};
		const { login, ...derived } = await deriveCode(code, town.founding.instance);
		const answer = await connect(town.address).signIn(login, derived.auth);
		if (!answer.ok || answer.value.record.id !== mallory.id) throw new Error('it did not even arrive');
		const own = await unwrap(derived, nobody.account);
		if (own === null) throw new Error('the own row does not open either');
		return (await unwrap(derived, answer.value.record)) !== null;
	});

	wants('the return code of somebody, from what it is sent as', async () => {
		const code = newCode((bytes) => crypto.getRandomValues(bytes));
		const { login, auth } = await deriveCode(code, town.founding.instance);
		const other = await deriveCode(code, 'another00000000');
		const bytes = Buffer.from(code);
		const forms = [bytes.toString('hex'), bytes.toString('base64'), bytes.toString('base64url')];
		return (
			forms.some((form) => (login + auth).includes(form)) || other.login === login || other.auth === auth
		);
	});

	wants('what the passphrase is, from what it is sent', async () => {
		const derived = await derive('passphrase of Bartek', town.founding.instance, bartek.account.login, cheap);
		const wrap = await crypto.subtle.exportKey('raw', derived.wrap).catch(() => null);
		return derived.auth.includes('passphrase') || wrap !== null;
	});

	wants('what is sent here to be worth something at another server', async () => {
		const [here, there] = await Promise.all(
			[town.founding.instance, 'another00000000'].map((instance) =>
				derive('passphrase of Bartek', instance, bartek.account.login, cheap)
			)
		);
		return here?.auth === there?.auth;
	});
});
