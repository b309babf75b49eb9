/**
 * A server with the named people on it: Eszter founded and coordinates, Cora is an expert, Dorin the police contact,
 * Frieda a guest, Ana reports, Bartek has an account and nothing else. Sealed bytes are noise: the server cannot tell.
 */
import { generateHybridIdentity, identityToRecipient } from 'age-encryption';
import { createHash, randomBytes } from 'node:crypto';
import { newId } from '../../src/lib/domain/new-id';
import { NAMELESS, type Founding, type NewAccount } from '../../src/lib/domain/records';
import { addOperator, startServer, type Options, type Server } from '../server';

export type Row = Record<string, unknown>;

/** Why a field was refused. */
type Refused = Record<string, { code: string } | undefined>;

/** Whatever parts of an answer the tests look at. What a given answer lacks is undefined when they run. */
export interface Body extends Row {
	message: string;
	data: Refused & { requests: Record<string, { response: { data: Refused } } | undefined> };
	record: Row & { id: string };
	token: string;
	items: Row[] | undefined;
	rows: Record<string, Row[]>;
	more: boolean;
	upto: number;
	rev: number;
	part: string;
	instance: string;
	oauth2: { enabled: boolean };
	mfa: { enabled: boolean };
	otp: { enabled: boolean };
}

export interface Answer {
	status: number;
	body: Body;
	headers: Headers;
}

export interface Someone {
	id: string;
	token: string;
	account: NewAccount;
}

export interface World {
	server: Server;
	founding: Founding;
	team: string;
	invite: string;
	circle: Record<'members' | 'police' | 'coordinators', string>;
	/** The printed recovery key, and what its holder shows to the server. */
	recovery: string;
	ticket: string;
	membership: Record<'cora' | 'dorin' | 'frieda' | 'eszter', string>;
	ana: Someone;
	bartek: Someone;
	cora: Someone;
	dorin: Someone;
	eszter: Someone;
	frieda: Someone;
	recipient: string;
}

export interface Request {
	method: 'POST' | 'PATCH' | 'PUT' | 'DELETE';
	url: string;
	body: Record<string, unknown>;
}

export const id = () => newId((bytes) => crypto.getRandomValues(bytes));
export const sealed = (length = 300) => randomBytes(length).toString('base64');
export const digestOf = (bytes: string | Uint8Array) => createHash('sha256').update(bytes).digest('hex');
export const password = () => randomBytes(32).toString('base64url');
export const aRecipient = async () => identityToRecipient(await generateHybridIdentity());
/** Signatures and the keys that check them are noise of the right form: the server does not look inside. */
export const aVerifier = () => randomBytes(32).toString('base64');
export const aProof = () => randomBytes(64).toString('base64');
export const NOW = '2026-11-20 10:42:00.000Z';

export async function call(
	server: Server,
	method: string,
	path: string,
	{ as, body, headers }: { as?: Someone | undefined; body?: unknown; headers?: Record<string, string> } = {}
): Promise<Answer> {
	const isForm = body instanceof FormData;
	const response = await fetch(server.url + path, {
		method,
		headers: {
			...(as && { Authorization: as.token }),
			...(body !== undefined && !isForm && { 'Content-Type': 'application/json' }),
			...headers
		},
		...(body !== undefined && { body: isForm ? body : JSON.stringify(body) }),
		redirect: 'manual'
	});
	const text = await response.text();
	const isJson = response.headers.get('Content-Type')?.startsWith('application/json') === true;
	return {
		status: response.status,
		body: JSON.parse(isJson && text ? text : '{}') as Body,
		headers: response.headers
	};
}

export const create = (server: Server, as: Someone | undefined, collection: string, body: unknown) =>
	call(server, 'POST', `/api/collections/${collection}/records`, { as, body });
export const update = (
	server: Server,
	as: Someone | undefined,
	collection: string,
	row: string,
	body: unknown
) => call(server, 'PATCH', `/api/collections/${collection}/records/${row}`, { as, body });
export const view = (server: Server, as: Someone | undefined, collection: string, row: string) =>
	call(server, 'GET', `/api/collections/${collection}/records/${row}`, { as });
export const batch = (server: Server, as: Someone | undefined, requests: Request[]) =>
	call(server, 'POST', '/api/batch', { as, body: { requests } });
export const pull = (server: Server, as: Someone | undefined, since = 0) =>
	call(server, 'GET', `/api/heed/pull?since=${since}`, { as });

/** Pulls page by page, as a device does; fails on an answer that is no page. */
export async function pullAll(server: Server, as: Someone, since = 0) {
	const rows: Record<string, Row[]> = {};
	let pages = 0;
	for (let from = since; ; pages++) {
		const { status, body } = await pull(server, as, from);
		if (status !== 200) throw new Error(`pull: ${status}`);
		for (const [name, some] of Object.entries(body.rows)) (rows[name] ??= []).push(...some);
		if (!body.more) return { rows, pages: pages + 1, upto: body.upto };
		if (body.upto <= from) throw new Error('pull stands still');
		from = body.upto;
	}
}

export const idsOf = (rows: Row[] | undefined) => (rows ?? []).map((row) => row.id);

export const anAccount = (login: string, recipient: string): NewAccount => ({
	id: id(),
	login,
	name: login.replace(/^./, (first) => first.toUpperCase()),
	locale: 'en',
	kind: 'named',
	recipient,
	verifier: aVerifier(),
	proof: aProof(),
	wrapped: sealed(),
	auth: password()
});

/** What the device posts to `users`: the account with its passphrase under PocketBase's names, and the invitation. */
export const signUpBody = ({ auth, ...account }: NewAccount, invite?: string) => ({
	...account,
	password: auth,
	passwordConfirm: auth,
	invite
});

export async function signIn(server: Server, account: NewAccount): Promise<Someone> {
	const { status, body } = await call(server, 'POST', '/api/collections/users/auth-with-password', {
		body: { identity: account.login, password: account.auth }
	});
	if (status !== 200) throw new Error(`sign-in: ${status} ${JSON.stringify(body)}`);
	return { id: account.id, token: body.token, account };
}

/** Somebody who may look past the rules (a superuser), for what no person may do through the API. */
export async function anOperator(server: Server): Promise<Someone> {
	// The command line would take a password that begins with a dash for an option.
	const account = { login: 'operator@heed.invalid', auth: `x${password()}` };
	await addOperator(server, account.login, account.auth);
	const path = '/api/collections/_superusers/auth-with-password';
	const credentials = { identity: account.login, password: account.auth };
	const { body } = await mustBe(200, call(server, 'POST', path, { body: credentials }));
	return { id: body.record.id, token: body.token, account: anAccount('operator', 'age1pq1none') };
}

export function aFounding(recipient: string, ticket: string = password()): Founding {
	const account = anAccount('eszter', recipient);
	const team = id();
	const recovery = { id: id(), recipient, proof: aProof(), ticket: digestOf(ticket) };
	const aSealing = () => {
		const bytes = sealed();
		return { id: id(), sealed: bytes, digest: digestOf(bytes), proof: aProof() };
	};
	return {
		code: 'founding-code-for-tests',
		instance: id(),
		account,
		agency: { id: id(), name: 'Miejski Ośrodek Pomocy', sector: 'municipality' },
		area: { id: id(), name: 'Dąbrowa Górnicza', country: 'PL' },
		team: { id: team, name: 'Local team', locale: 'pl', invite: randomBytes(15).toString('hex') },
		membership: id(),
		circles: (['members', 'police', 'coordinators'] as const).map((name) => ({
			id: id(),
			name,
			recipient,
			proof: aProof(),
			grant: aSealing(),
			spare: aSealing()
		})),
		recovery,
		roll: [1, 2].map((seq) => {
			const { text, proof } = aLink(team, account.id, seq);
			return { text, proof };
		})
	};
}

export async function makeWorld(options: Options = {}): Promise<World> {
	const server = await startServer(options);
	const recipient = await aRecipient();
	const ticket = password();
	const founding = aFounding(recipient, ticket);
	await mustBe(200, call(server, 'POST', '/api/heed/found', { body: founding }));
	const eszter = await signIn(server, founding.account);
	const team = founding.team.id;
	const { invite } = founding.team;
	const circle = Object.fromEntries(founding.circles.map(({ name, id }) => [name, id])) as World['circle'];

	const come = (name: string) => join({ server, recipient, invite }, name);
	const [ana, bartek, cora, dorin, frieda] = await Promise.all([
		come('ana'),
		come('bartek'),
		come('cora'),
		come('dorin'),
		come('frieda')
	]);

	const admit = async (user: Someone, role: string) => {
		const membership = { id: id(), team, user: user.id, agency: '', role, until: '', ended: '' };
		await mustBe(200, create(server, eszter, 'memberships', membership));
		return membership.id;
	};
	const membership = {
		cora: await admit(cora, 'expert'),
		dorin: await admit(dorin, 'police'),
		frieda: await admit(frieda, 'guest'),
		eszter: founding.membership
	};
	await mustBe(200, create(server, eszter, 'grants', aGrant(eszter, circle.members, { user: cora.id })));
	await mustBe(200, create(server, eszter, 'grants', aGrant(eszter, circle.police, { user: dorin.id })));

	return {
		server,
		founding,
		team,
		invite,
		circle,
		recovery: founding.recovery.id,
		ticket,
		membership,
		recipient,
		ana,
		bartek,
		cora,
		dorin,
		eszter,
		frieda
	};
}

/** Makes an account with the team's invitation and signs in. */
export async function join(
	{ server, recipient, invite }: Pick<World, 'server' | 'recipient' | 'invite'>,
	login: string
): Promise<Someone> {
	const account = anAccount(login, recipient);
	await mustBe(200, create(server, undefined, 'users', signUpBody(account, invite)));
	return signIn(server, account);
}

/** Somebody without an account: the return code made one of another kind. */
export async function comeWithoutAccount({
	server,
	recipient
}: Pick<World, 'server' | 'recipient'>): Promise<Someone> {
	const account: NewAccount = { ...anAccount(`r-${id()}`, recipient), kind: 'coded', name: NAMELESS };
	await mustBe(200, create(server, undefined, 'users', signUpBody(account)));
	return signIn(server, account);
}

export async function mustBe(status: number, answer: Promise<Answer>): Promise<Answer> {
	const got = await answer;
	if (got.status !== status)
		throw new Error(`expected ${status}, got ${got.status}: ${JSON.stringify(got.body)}`);
	return got;
}

export const aCase = (world: World) => ({
	id: id(),
	team: world.team,
	theme: 'hate',
	type: 'hate_speech',
	place: 'Dąbrowa Górnicza',
	urgency: 'soon',
	phase: 'received',
	owner: ''
});

export const aKey = (world: World, maker: Someone, kase: string, name = 'team', before = '') => ({
	id: id(),
	team: world.team,
	case: kase,
	name,
	before,
	recipient: world.recipient,
	maker: maker.id,
	proof: aProof(),
	ended: ''
});

export function aGrant(giver: Someone, key: string, to: { user: string } | { via: string }) {
	const bytes = sealed();
	return {
		id: id(),
		key,
		user: '',
		via: '',
		...to,
		sealed: bytes,
		digest: digestOf(bytes),
		giver: giver.id,
		proof: aProof(),
		ended: ''
	};
}

/** What somebody with an account posts to be admitted: the request, and the invitation to the team. */
export const aRequest = (world: Pick<World, 'team' | 'invite'>, user: { id: string }) => ({
	id: id(),
	team: world.team,
	user: user.id,
	answer: '',
	invite: world.invite
});

/** A request for new keys as the server keeps it; the hidden fields are left out. */
export const aRecovery = (world: World, user: { id: string }) => ({
	id: id(),
	team: world.team,
	user: user.id,
	login: 'somebody',
	recipient: world.recipient,
	verifier: aVerifier(),
	proof: aProof(),
	done: '',
	refused: ''
});

/** A link of a roll. What it says beside its place is for devices to read. */
export const aLink = (team: string, by: string, seq: number) => ({
	id: id(),
	team,
	seq,
	text: JSON.stringify({ by, kind: 'noise', noise: id(), seq, team }),
	proof: aProof(),
	by
});

export const aMembership = (
	world: Pick<World, 'team'>,
	user: { id: string },
	role: string,
	more: Record<string, unknown> = {}
) => ({ id: id(), team: world.team, user: user.id, agency: '', role, until: '', ended: '', ...more });

export const anEntry = (author: Someone, kase: string, key: string, bytes = sealed()) => ({
	id: id(),
	case: kase,
	key,
	kind: 'message',
	author: author.id,
	sealed: bytes,
	digest: digestOf(bytes)
});

export const aBlob = (owner: Someone, key: string, bytes: Uint8Array) => ({
	id: id(),
	key,
	entry: '',
	owner: owner.id,
	file: id(),
	index: 0,
	count: 1,
	digest: digestOf(bytes)
});

export function upload(
	server: Server,
	as: Someone | undefined,
	row: Record<string, unknown>,
	bytes: Uint8Array<ArrayBuffer>
) {
	const form = new FormData();
	for (const [name, value] of Object.entries(row)) form.set(name, String(value));
	form.set('part', new Blob([bytes]), 'photo-of-the-school.jpg');
	return call(server, 'POST', '/api/collections/blobs/records', { as, body: form });
}

export const created = (collection: string, body: Record<string, unknown>): Request => ({
	method: 'POST',
	url: `/api/collections/${collection}/records`,
	body
});
export const updated = (collection: string, row: string, body: Record<string, unknown>): Request => ({
	method: 'PATCH',
	url: `/api/collections/${collection}/records/${row}`,
	body
});

/** An alert as the device sends it: case, key, grants to its reporter and to the members' circle, entry. */
export function anAlert(world: World, reporter: Someone, circle = world.circle.members) {
	const kase = aCase(world);
	const key = aKey(world, reporter, kase.id, 'reporter');
	const own = aGrant(reporter, key.id, { user: reporter.id });
	const forCircle = aGrant(reporter, key.id, { via: circle });
	const entry = { ...anEntry(reporter, kase.id, key.id), kind: 'alert' };
	const requests = [
		created('cases', kase),
		created('keys', key),
		created('grants', own),
		created('grants', forCircle),
		created('entries', entry)
	];
	return { kase, key, own, forCircle, entry, requests };
}

export async function report(world: World, reporter: Someone, circle?: string) {
	const alert = anAlert(world, reporter, circle);
	await mustBe(200, batch(world.server, reporter, alert.requests));
	return alert;
}
