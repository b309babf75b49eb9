/**
 * A town whose server is the attacker. People run the code of the app against a proxy that may rewrite what the server
 * says, and an operator's hand that writes past every rule. Passphrases are stretched cheaply: none is guessed here.
 */
import 'fake-indexeddb/auto';
import { createHash } from 'node:crypto';
import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { deriveCode, type Code } from '../../src/lib/crypto/code';
import type { Hand } from '../../src/lib/crypto/hand';
import { derive, type Stretch } from '../../src/lib/crypto/passphrase';
import { signingKey } from '../../src/lib/crypto/proof';
import { keep, newDeviceKey, recall } from '../../src/lib/crypto/vault';
import type { Alert } from '../../src/lib/domain/alert';
import type { Content, Party } from '../../src/lib/domain/content';
import { keysOf, newestKey } from '../../src/lib/domain/holders';
import type { Audience, Role } from '../../src/lib/domain/lists';
import { Opened, openedContext } from '../../src/lib/domain/opened';
import {
	NAMELESS,
	type Entry,
	type Founding,
	type Key,
	type NewAccount,
	type Secrets
} from '../../src/lib/domain/records';
import type { Roll } from '../../src/lib/domain/roll';
import { Device } from '../../src/lib/store/device';
import { openStore, type Store } from '../../src/lib/store/person';
import type { Write } from '../../src/lib/domain/outbox';
import { makeAccount, makeDevice, makeFounding, newAccount, unwrap } from '../../src/lib/sync/account';
import { makeAdmission } from '../../src/lib/sync/admission';
import { makeAudience, readerFor } from '../../src/lib/sync/audience';
import { forgetLost } from '../../src/lib/sync/forgetting';
import { pullAll } from '../../src/lib/sync/inbox';
import { openIdentities, openNew } from '../../src/lib/sync/opening';
import { freshId, makeAlert, makeStatement, type Author, type NewCase } from '../../src/lib/sync/outgoing';
import { connect, type Remote } from '../../src/lib/sync/remote';
import { followTeam, vouchedTeam } from '../../src/lib/sync/following';
import { bringTrust, readTrust, type Trust } from '../../src/lib/sync/trust';
import { addOperator, startServer, type Server } from '../server';

export type Row = Record<string, unknown> & { id: string };
/** What an answer of the server becomes on its way; `path` is without the query. */
export type Rewrite = (answer: unknown, path: string) => unknown;

const cheap: Stretch = (passphrase, salt) =>
	Promise.resolve(new Uint8Array(createHash('sha256').update(passphrase).update(salt).digest()));

/** What a person sees of an entry: what was said, or what is wrong with it. */
export type Seen = Pick<Entry, 'id' | 'author' | 'kind' | 'key'> & {
	content: Content | null;
	wrong: string | null;
	after: readonly string[];
	seq: number;
};

let devices = 0;

/** Somebody with a device. */
export class Person {
	readonly device = new Device(`device${devices++}`);
	readonly store: Store;
	readonly author: Author;
	remote: Remote;
	constructor(
		readonly town: Town,
		readonly account: NewAccount,
		readonly secrets: Secrets,
		readonly vault: CryptoKey,
		hand: Hand
	) {
		this.store = openStore(`person${devices++}`);
		this.author = { recipient: account.recipient, device: freshId(), hand };
		this.remote = connect(town.address);
	}

	get id(): string {
		return this.account.id;
	}

	async signIn(): Promise<void> {
		const answer = await this.remote.signIn(this.account.login, this.account.auth);
		if (!answer.ok) throw new Error(`${this.account.login} could not sign in: ${answer.error.kind}`);
		const context = (id: string) => `identity|${id}`;
		await this.store.identities.bulkPut([
			{ id: 'me', box: await keep(this.vault, this.secrets.identity, context('me')) }
		]);
	}

	/** One round of the engine. */
	async pull(): Promise<void> {
		const { store, device, remote, town } = this;
		const trouble = await pullAll(store, remote);
		if (trouble) throw new Error(`the pull failed: ${trouble.reason}`);
		await bringTrust(store, device, remote, town.founding.instance, Date.now(), this.id);
		await forgetLost(store, this.id);
		await openNew(store, this.vault, this.id, await device.rolls());
	}

	trust = async (): Promise<Trust> => readTrust(this.store, await this.device.rolls());

	roll = async (): Promise<Roll | null> => (await this.device.roll(this.town.founding.team.id))?.roll ?? null;

	/** What this person's screen would say of a case. */
	async reads(caseId: string): Promise<Seen[]> {
		const entries = await this.store.entries.where({ case: caseId }).sortBy('rev');
		return Promise.all(
			entries.map(async ({ id, author, kind, key }) => {
				const row = await this.store.opened.get(id);
				const none = { id, author, kind, key, content: null, after: [], seq: 0 };
				if (!row) return { ...none, wrong: 'closed' };
				const opened = Opened.parse(await recall(this.vault, row.box, openedContext(id)));
				if ('wrong' in opened) return { ...none, wrong: opened.wrong };
				const { after, seq } = opened.header;
				return { ...none, wrong: null, content: opened.content as Content, after, seq };
			})
		);
	}

	/** Only what is shown as genuine. */
	async believes(caseId: string): Promise<Seen[]> {
		return (await this.reads(caseId)).filter(({ wrong }) => wrong === null);
	}

	/** The team's circle as this device would seal to it, or null: then nothing is sent. */
	async addressee() {
		const facts = await this.remote.facts();
		if (!facts.ok) throw new Error('no facts');
		const [team] = facts.value.teams;
		if (!team) return null;
		await followTeam(this.device, this.remote, team, this.town.founding.instance);
		return vouchedTeam(this.device, team, Date.now());
	}

	/** The same by the hand of this device, as while it is locked. */
	async alertsLocked(names = ''): Promise<NewCase> {
		const { device, hand: key, certificate } = await makeDevice(this.id, this.secrets.seed);
		const hand = { user: this.id, key, certificate };
		const locked = { recipient: this.account.recipient, device, hand };
		return this.alerts('Sent while locked.', locked, names);
	}

	async alerts(story = 'Two older boys shouted.', author = this.author, names = ''): Promise<NewCase> {
		const to = await this.addressee();
		if (!to) throw new Error('there is nobody to seal to');
		const few = to.coordinators && {
			circle: to.coordinators,
			names: { kind: 'names' as const, at: Date.now(), text: names, files: [] }
		};
		const along = { few: names === '' ? null : few };
		const made = await makeAlert({ ...ALERT, story }, to, author, new Map(), Date.now(), along);
		await this.delivers(made.parcel.batch.writes);
		await this.pull();
		return made;
	}

	/** Says something to an audience that is there already. */
	async says(caseId: string, content: Content, audience: Audience = 'reporter'): Promise<Entry> {
		const { ring } = await this.trust();
		const key = newestKey(keysOf(ring, caseId), audience);
		const routing = await this.store.cases.get(caseId);
		if (!key || !routing) throw new Error(`${this.account.name} cannot write there`);
		const said = (await this.reads(caseId)).filter((one) => one.key === key.id);
		const after = said.filter(({ id }) => !said.some((one) => one.after.includes(id))).map(({ id }) => id);
		const seq = said.filter(({ author }) => author === this.id).length + 1;
		const turn = { after, seq, roll: (await this.roll())?.seq ?? 0 };
		const made = await makeStatement(content, routing, key, this.author, turn, {}, Date.now());
		await this.delivers(made.parcel.batch.writes);
		return made.entry;
	}

	async identity(key: string): Promise<string> {
		const rolls = await this.device.rolls();
		const found = await (await openIdentities(this.store, this.vault, this.id, rolls))(key);
		if (!found) throw new Error(`${this.account.name} does not hold that key`);
		return found;
	}

	/** Makes the audience's key anew for these, as withdrawing and leaving do. */
	async rekeys(caseId: string, audience: Audience, parties: readonly Party[]): Promise<Key> {
		const trust = await this.trust();
		const before = newestKey(keysOf(trust.ring, caseId), audience)?.id ?? '';
		const place = { team: this.town.founding.team.id, case: caseId, name: audience, before };
		const readers = parties.flatMap((party) => readerFor(trust, party) ?? []);
		const made = await makeAudience(place, this.author, readers);
		await this.delivers(made.writes);
		await this.pull();
		return made.key;
	}

	async delivers(writes: readonly Write[]): Promise<void> {
		const outcome = await this.remote.write(writes);
		if (outcome.is !== 'accepted') throw new Error(`not delivered: ${outcome.is}`);
	}
}

export const ALERT: Alert = {
	kind: 'alert',
	at: Date.UTC(2026, 10, 18, 12),
	theme: 'hate',
	type: 'hate_speech',
	setting: 'sport',
	place: 'Sports hall',
	when: '',
	urgency: 'soon',
	story: '',
	photos: []
};
export const message = (text: string): Content => ({ kind: 'message', at: Date.now(), text });

/** Eszter founded and coordinates; Cora is an expert, Dorin the police, Bartek and Ana report; Mallory has an account. */
export class Town {
	rewrite: Rewrite = (answer) => answer;
	#proxy: HttpServer | null = null;
	address = '';
	#operator = '';
	founding!: Founding;
	constructor(readonly server: Server) {}

	static async open(env: Record<string, string> = {}): Promise<Town> {
		const town = new Town(await startServer({ env }));
		await town.#listen();
		const made = await makeFounding(FOUNDING(town.server), cheap, Date.now());
		town.founding = made.founding;
		const status = await connect(town.server.url).found(made.founding);
		if (status !== 200) throw new Error(`not founded: ${status}`);
		await addOperator(town.server, 'operator@heed.invalid', 'operator-of-the-tests');
		const answer = await fetch(`${town.server.url}/api/collections/_superusers/auth-with-password`, {
			method: 'POST',
			headers: { 'Content-Type': 'application/json' },
			body: JSON.stringify({ identity: 'operator@heed.invalid', password: 'operator-of-the-tests' })
		});
		town.#operator = ((await answer.json()) as { token: string }).token;
		return town;
	}

	async close(): Promise<void> {
		this.#proxy?.closeAllConnections();
		this.#proxy?.close();
		await this.server.stop();
	}

	/** The founder, on a device. */
	async eszter(): Promise<Person> {
		const person = await this.#arrive(this.founding.account, 'passphrase of Eszter');
		await person.pull();
		return person;
	}

	/** An account with the team's link; admitted by `by` when there is a role for it. */
	async comes(name: string, role?: Role, by?: Person, until = 0): Promise<Person> {
		const who = { name, login: `${name.toLowerCase()}-${devices++}`, passphrase: `passphrase of ${name}` };
		const { account } = await makeAccount({ ...who, locale: 'en' }, this.founding.instance, cheap);
		const outcome = await connect(this.server.url).signUp(account, this.founding.team.invite);
		if (outcome.is !== 'accepted') throw new Error(`${name} could not sign up: ${outcome.is}`);
		if (role && by) await this.admit(account, role, by, until);
		const person = await this.#arrive(account, who.passphrase);
		await person.pull();
		return person;
	}

	async admit(account: NewAccount, role: Role, by: Person, until = 0): Promise<void> {
		await by.pull();
		const roll = await by.roll();
		if (!roll) throw new Error('no roll');
		const circles = await Promise.all(
			roll.circles.map(async ({ key, name }) => ({ id: key, name, identity: await by.identity(key) }))
		);
		const { id: user, recipient, verifier } = account;
		const place = { agency: '', role, until, met: true };
		const keys = { user, recipient, verifier };
		const made = await makeAdmission(roll, by.author.hand, circles, keys, place, Date.now());
		await by.delivers(made.writes);
		await by.pull();
	}

	/** Somebody without an account: to the server one without a name and without an invitation. */
	async comesByCode(code: Code): Promise<Person> {
		const { instance } = this.founding;
		const { login, ...derived } = await deriveCode(code, instance);
		const who = { login, name: NAMELESS, locale: 'en', kind: 'coded' } as const;
		const { account, secrets } = await newAccount(who, instance, derived);
		const outcome = await connect(this.server.url).signUp(account, '');
		if (outcome.is !== 'accepted') throw new Error(`no sign-up without an account: ${outcome.is}`);
		const hand = { user: account.id, key: await signingKey(secrets.seed), certificate: null };
		const person = new Person(this, account, secrets, await newDeviceKey(), hand);
		await person.signIn();
		await person.pull();
		return person;
	}

	/** The same person on a new device. */
	async again(person: Person): Promise<Person> {
		return this.#arrive(person.account, `passphrase of ${person.account.name}`);
	}

	async #arrive(account: NewAccount, passphrase: string): Promise<Person> {
		const derived = await derive(passphrase, this.founding.instance, account.login, cheap);
		const secrets = await unwrap(derived, account);
		if (!secrets) throw new Error('the secrets do not open');
		const hand = { user: account.id, key: await signingKey(secrets.seed), certificate: null };
		const person = new Person(this, account, secrets, await newDeviceKey(), hand);
		await person.signIn();
		return person;
	}

	/** What an attacker does who owns the database: no rule applies. */
	async writes(verb: 'create' | 'update' | 'delete', collection: string, row: Row): Promise<void> {
		const path = `${this.server.url}/api/collections/${collection}/records`;
		const { id, ...fields } = row;
		const answer = await fetch(verb === 'create' ? path : `${path}/${id}`, {
			method: { create: 'POST', update: 'PATCH', delete: 'DELETE' }[verb],
			headers: { 'Content-Type': 'application/json', Authorization: this.#operator },
			...(verb !== 'delete' && { body: JSON.stringify(verb === 'create' ? row : fields) })
		});
		if (!answer.ok) throw new Error(`the attack itself failed: ${answer.status} ${await answer.text()}`);
	}

	async row(collection: string, id: string): Promise<Row> {
		const answer = await fetch(`${this.server.url}/api/collections/${collection}/records/${id}`, {
			headers: { Authorization: this.#operator }
		});
		return (await answer.json()) as Row;
	}

	async #listen(): Promise<void> {
		const proxy = createServer((request, response) => {
			void (async () => {
				const chunks: Buffer[] = [];
				for await (const chunk of request) chunks.push(chunk as Buffer);
				const headers = Object.entries(request.headers).flatMap(([name, value]) =>
					typeof value === 'string' && !['host', 'connection', 'content-length'].includes(name)
						? [[name, value] as [string, string]]
						: []
				);
				const answer = await fetch(this.server.url + (request.url ?? ''), {
					method: request.method ?? 'GET',
					headers,
					...(chunks.length > 0 && { body: Buffer.concat(chunks) })
				});
				const path = (request.url ?? '').replace(/\?.*$/, '');
				const text = await answer.text();
				const isJson = answer.headers.get('Content-Type')?.startsWith('application/json') === true;
				const body = isJson && text ? JSON.stringify(this.rewrite(JSON.parse(text), path)) : text;
				response.writeHead(answer.status, {
					'Content-Type': answer.headers.get('Content-Type') ?? 'text/plain'
				});
				response.end(body);
			})().catch((error: unknown) => {
				response.writeHead(502);
				response.end(String(error));
			});
		});
		await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
		this.address = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
		this.#proxy = proxy;
	}
}

const FOUNDING = (server: Server) => ({
	code: server.env.HEED_FOUNDING_CODE ?? '',
	name: 'Eszter',
	login: 'eszter',
	passphrase: 'passphrase of Eszter',
	locale: 'hu' as const,
	teamName: 'Dunapart',
	areaName: 'Dunapart',
	country: 'HU',
	agencyName: 'Municipality of Dunapart',
	sector: 'municipality' as const
});
