/** What becomes of a letter, whatever the mail server does with it. */
import { execFile } from 'node:child_process';
import { createServer } from 'node:net';
import { promisify } from 'node:util';
import * as fc from 'fast-check';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { checkMail } from '../../scripts/mail.mjs';
import { plainAddress } from '../../src/courier/address';
import { mailer } from '../../src/courier/mail';
import { mailSettings, type MailSettings } from '../../src/courier/mail-settings';
import type { Outcome } from '../../src/courier/outcome';
import { Letter, Nudge, type NoticeKind } from '../../src/lib/domain/notice';
import { CERTIFICATE, mailServer, opened, refusal, settingsOf } from './mail-server';

const nudge = (kind: NoticeKind = 'alert'): Nudge =>
	Nudge.parse({
		v: 1,
		id: 'n0t1c3n0t1c3n0t',
		kind,
		tag: 'news',
		token: 't'.repeat(32),
		case: '',
		person: 'p3rs0np3rs0np3r'
	});
const letter = (to = 'ana@example.org'): Letter => ({ to, locale: 'pl', counts: { alert: 2 } });

/** Within so long a server that says nothing is given up; long enough for one that is busy. */
const PATIENCE_MS = 1500;

function poster(settings: MailSettings | null, within?: number) {
	const post = mailer(settings, within);
	onTestFinished(() => post.close());
	return post;
}

/** Sends one letter. Nothing of it may be said anywhere but to the mail server. */
async function outcome(settings: MailSettings | null, within?: number, kind?: NoticeKind): Promise<Outcome> {
	const streams = [process.stdout, process.stderr].map((stream) => vi.spyOn(stream, 'write'));
	const lines = (['log', 'info', 'warn', 'error', 'debug'] as const).map((how) => vi.spyOn(console, how));
	const became = await poster(settings, within).send(letter(), nudge(kind));
	for (const spy of [...streams, ...lines]) {
		expect(JSON.stringify(spy.mock.calls)).not.toMatch(/ana@|example\.org|Heed|heed/);
		spy.mockRestore();
	}
	expect(JSON.stringify(became)).not.toMatch(/ana|example|Heed/);
	return became;
}

/** Says the lines it was given, one at each turn, and then nothing. */
async function mute(...lines: string[]): Promise<number> {
	const server = createServer((socket) => {
		const left = [...lines];
		const say = (): void => {
			const line = left.shift();
			if (line === 'bye') socket.destroy();
			else if (line) socket.write(`${line}\r\n`);
		};
		socket.on('error', () => undefined);
		socket.on('data', say);
		say();
		onTestFinished(() => void socket.destroy());
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	onTestFinished(() => void server.close());
	return (server.address() as { port: number }).port;
}

describe('what the server says', () => {
	test('a letter that is taken is sent', async () => {
		const { port, arrived } = await mailServer();
		expect(await outcome(settingsOf(port))).toEqual({ did: 'sent' });
		expect(arrived).toHaveLength(1);
	});

	test.for([450, 451, 452, 421])('%i to the recipient: later', async (code) => {
		const { port, arrived } = await mailServer({ onRcptTo: (_to, _of, done) => done(refusal(code)) });
		expect(await outcome(settingsOf(port))).toEqual({ did: 'wait', seconds: 300, why: `mail_${code}` });
		expect(arrived).toEqual([]);
	});

	test.for([550, 551, 552, 553, 554])('%i to the recipient: not again', async (code) => {
		const { port } = await mailServer({ onRcptTo: (_to, _of, done) => done(refusal(code)) });
		expect(await outcome(settingsOf(port))).toEqual({ did: 'kept', why: `mail_${code}` });
	});

	test.for([451, 554])('%i to the text', async (code) => {
		const { port } = await mailServer({
			onData: (stream, _of, done) => {
				stream.resume();
				stream.on('end', () => done(refusal(code)));
			}
		});
		const expected =
			code === 451 ? { did: 'wait', seconds: 300, why: 'mail_451' } : { did: 'kept', why: 'mail_554' };
		expect(await outcome(settingsOf(port))).toEqual(expected);
	});

	test('what is wrong with us can be mended, so the letter waits', async () => {
		const sender = await mailServer({ onMailFrom: (_from, _of, done) => done(refusal(553)) });
		expect(await outcome(settingsOf(sender.port))).toMatchObject({ did: 'wait', why: 'mail_553' });
		const busy = await mailServer({ onConnect: (_of, done) => done(refusal(421)) });
		expect(await outcome(settingsOf(busy.port))).toMatchObject({ did: 'wait', why: 'mail_421' });
		const strict = await mailServer({ onRcptTo: (_to, _of, done) => done(refusal(530)) });
		expect(await outcome(settingsOf(strict.port))).toMatchObject({ did: 'wait', why: 'mail_530' });
		const locked = await mailServer({ onAuth: (_auth, _of, done) => done(refusal(535)) });
		const settings = settingsOf(locked.port, { user: 'heed', password: 'wrong' });
		expect(await outcome(settings)).toMatchObject({ did: 'wait', why: 'mail_535' });
	});

	test('what is pressing is tried again sooner', async () => {
		const { port } = await mailServer({ onRcptTo: (_to, _of, done) => done(refusal(451)) });
		expect(await outcome(settingsOf(port), undefined, 'danger')).toMatchObject({ did: 'wait', seconds: 20 });
	});
});

describe('a server that is in trouble', () => {
	test('nobody there', async () => {
		expect(await outcome(settingsOf(9))).toEqual({ did: 'wait', seconds: 300, why: 'mail_unreachable' });
	});

	test('it says nothing at all', async () => {
		expect(await outcome(settingsOf(await mute()), PATIENCE_MS)).toMatchObject({
			did: 'wait',
			why: 'mail_timeout'
		});
	});

	test('it says nothing more', async () => {
		const { port } = await mailServer({ onRcptTo: () => undefined });
		expect(await outcome(settingsOf(port), PATIENCE_MS)).toMatchObject({ did: 'wait', why: 'mail_timeout' });
	});

	test('it says a little again and again, and never comes to the point', async () => {
		const port = await mute('220 here', ...Array.from({ length: 50 }, () => '250-more'));
		expect(await outcome(settingsOf(port), PATIENCE_MS)).toMatchObject({ did: 'wait', why: 'mail_timeout' });
	});

	test.for([
		['before a word', ['bye']],
		['after the greeting', ['220 here', 'bye']],
		['after the recipient', ['220 here', '250 here', '250 from', '250 to', 'bye']],
		['in the text', ['220 here', '250 here', '250 from', '250 to', '354 go on', 'bye']],
		['with nonsense', ['<html>', '<html>']]
	] as const)('it breaks off %s', async ([, lines]) => {
		const became = await outcome(settingsOf(await mute(...lines)), PATIENCE_MS);
		expect(became).toMatchObject({ did: 'wait', why: 'mail_unreachable' });
	});

	test('one that keeps the first letters waiting gives back all of them in time', async () => {
		const { port } = await mailServer({ onRcptTo: () => undefined });
		const post = poster(settingsOf(port), PATIENCE_MS);
		const since = performance.now();
		const all = await Promise.all(Array.from({ length: 60 }, () => post.send(letter(), nudge())));
		expect(all).toEqual(Array(60).fill({ did: 'wait', seconds: 300, why: 'mail_timeout' }));
		expect(performance.now() - since).toBeLessThan(PATIENCE_MS * 3);
	});

	test('what is pressing does not wait behind it', async () => {
		const { port, arrived } = await mailServer({
			onRcptTo: ({ address }, _of, done) => {
				if (address !== 'slow@example.org') done();
			}
		});
		const post = poster(settingsOf(port));
		for (let i = 0; i < 20; i++) void post.send(letter('slow@example.org'), nudge());
		expect(await post.send(letter(), nudge('danger'))).toEqual({ did: 'sent' });
		expect(arrived).toHaveLength(1);
	});

	test('a connection that it has closed in between is opened again', async () => {
		const server = await mailServer();
		const post = poster(settingsOf(server.port));
		expect(await post.send(letter(), nudge())).toEqual({ did: 'sent' });
		server.cut();
		expect(await post.send(letter(), nudge())).toEqual({ did: 'sent' });
		expect(server.connections).toBe(2);
	});
});

test('one letter after the other goes over one connection', async () => {
	const server = await mailServer();
	const post = poster(settingsOf(server.port));
	for (let i = 0; i < 5; i++) await post.send(letter(), nudge());
	expect(server.arrived).toHaveLength(5);
	expect(server.connections).toBe(1);
});

test('without settings nothing is sent, and it is said why', async () => {
	expect(await outcome(null)).toEqual({ did: 'kept', why: 'no_mail' });
	expect(mailSettings({})).toBeNull();
});

describe('TLS', () => {
	const ELSEWHERE = '127.0.0.2';

	test.for([
		['a server that offers none', {}],
		['a server that offers none, where it is to come first', { secure: true }]
	] as const)('nothing is said to %s', async ([, more]) => {
		const passwords: unknown[] = [];
		const server = await mailServer({
			hideSTARTTLS: true,
			allowInsecureAuth: true,
			onAuth({ password }, _of, done) {
				passwords.push(password);
				done(null, { user: 'heed' });
			}
		});
		const settings = settingsOf(server.port, { host: ELSEWHERE, user: 'heed', password: 'geheim', ...more });
		expect((await outcome(settings, PATIENCE_MS)).did).toBe('wait');
		expect([server.arrived, server.named, passwords]).toEqual([[], [], []]);
	});

	test.for([false, true])(
		'nothing is said to a server that nobody vouches for (smtps: %s)',
		async (secure) => {
			const server = await mailServer({ secure });
			const settings = settingsOf(server.port, { host: ELSEWHERE, secure });
			expect((await outcome(settings)).did).toBe('wait');
			expect([server.arrived, server.named]).toEqual([[], []]);
		}
	);

	test.for([false, true])('one that somebody vouches for gets it in cipher (smtps: %s)', async (secure) => {
		const server = await mailServer({
			secure,
			onAuth: ({ username, password }, _of, done) =>
				password === 'ge:h/eim@ő' ? done(null, { user: username }) : done(refusal(535))
		});
		const { stdout } = await promisify(execFile)(
			process.execPath,
			['scripts/typescript.mjs', 'tests/notices/send-one.ts'],
			{
				env: {
					PATH: process.env.PATH,
					NODE_EXTRA_CA_CERTS: CERTIFICATE,
					HEED_SMTP: `smtp${secure ? 's' : ''}://heed%40example.org:ge%3Ah%2Feim%40%C5%91@${ELSEWHERE}:${server.port}`,
					HEED_MAIL_FROM: 'heed@heed.example',
					HEED_ADDRESS: 'https://heed.example'
				}
			}
		);
		expect(JSON.parse(stdout)).toEqual({ did: 'sent' });
		expect(server.arrived).toMatchObject([{ secure: true, user: 'heed@example.org' }]);
	});
});

describe('addresses', () => {
	const HOSTILE = [
		'ana@example.org\r\nBcc: bartek@example.org',
		'ana@example.org\nSubject: Hello',
		'ana@example.org\r\n\r\nHello',
		'ana\r\nRCPT TO:<bartek@example.org>@example.org',
		'ana@example.org>\r\nRCPT TO:<bartek@example.org',
		'ana@example.org> SIZE=1',
		'ana@example.org,bartek@example.org',
		'ana@example.org;bartek@example.org',
		'ana@example.org bartek@example.org',
		'Ana <ana@example.org>',
		'<ana@example.org>',
		'"ana"@example.org',
		'"ana@example.org>, <bartek"@example.org',
		'all:ana@example.org,bartek@example.org;',
		'ana@example.org(bartek@example.org)',
		'(bartek)ana@example.org',
		'ana@bartek@example.org',
		'@example.org',
		'ana@',
		'ana',
		'',
		'ana@localhost',
		'ana@127.0.0.1',
		'ana@１２７.0.0.1',
		'ana@[127.0.0.1]',
		'ana@[IPv6:::1]',
		'ana@example..org',
		'ana@-example.org',
		'ana@example.org.',
		'ana@.example.org',
		'.ana@example.org',
		'a..na@example.org',
		'ana.@example.org',
		'an a@example.org',
		'ana@exam ple.org',
		'ana@exam\tple.org',
		'ana@exam\0ple.org',
		'ana\0@example.org',
		'ana@example.org\u2028Bcc: bartek@example.org',
		'ana@example.org\u0085',
		'ana@example.org%0d%0aBcc:bartek@example.org%00',
		'ana@example%2eorg',
		'ana@example.org/..',
		'ana@example.org?bcc=bartek@example.org',
		'mailto:ana@example.org',
		'ana\\@example.org',
		'=?UTF-8?Q?ana?=@example.org\r\n',
		`${'a'.repeat(65)}@example.org`,
		`ana@${'a.'.repeat(130)}org`,
		`ana@${'a'.repeat(64)}.org`
	];

	test.for(HOSTILE)('%j reaches nobody', async (to) => {
		const server = await mailServer();
		expect(await poster(settingsOf(server.port)).send(letter(to), nudge())).toEqual({
			did: 'kept',
			why: 'mail_address'
		});
		expect([server.connections, server.named, server.arrived]).toEqual([0, [], []]);
	});

	test.for([
		['ana@example.org', 'ana@example.org'],
		["o'brien+heed_1@sub-1.example.co.uk", "o'brien+heed_1@sub-1.example.co.uk"],
		['Eszter@Példa.hu', 'Eszter@xn--plda-bpa.hu']
	] as const)('%s is written to alone', async ([to, written]) => {
		const server = await mailServer();
		expect(await poster(settingsOf(server.port)).send(letter(to), nudge())).toEqual({ did: 'sent' });
		// The server shows a domain as it is spoken.
		expect(server.named).toEqual([to.replace('Példa', 'példa')]);
		expect(opened(server.arrived[0]?.raw ?? '').headers.get('to')).toBe(written);
	});

	test('whatever is written, nothing comes out that a header or a command could take for more', () => {
		const signs = fc.constantFrom(...Array.from('a@.<>,;:"\\()[]\r\n\t \0%=?é-'));
		const text = fc.oneof(
			fc.string(),
			fc.string({ unit: 'binary' }),
			fc.array(signs, { maxLength: 30 }).map((all) => `a@b.org${all.join('')}`),
			fc.array(signs, { maxLength: 30 }).map((all) => `${all.join('')}@b.org`)
		);
		fc.assert(
			fc.property(text, (text) => {
				expect(plainAddress(text)).toMatch(/^$|^[\w!#$%&'*+/=?^`{|}~.-]+@[a-z0-9.-]+$/);
			}),
			{ numRuns: 3000 }
		);
	});
});

describe('settings', () => {
	const GOOD = {
		HEED_SMTP: 'smtps://heed:geheim@mail.example.org',
		HEED_MAIL_FROM: 'heed@example.org',
		HEED_ADDRESS: 'https://heed.example.org'
	};

	test('are read as they were written', () => {
		expect(mailSettings({ ...GOOD, HEED_ADDRESS: 'https://heed.example.org/' })).toEqual({
			host: 'mail.example.org',
			port: 465,
			secure: true,
			user: 'heed',
			password: 'geheim',
			from: 'heed@example.org',
			address: 'https://heed.example.org'
		});
		expect(mailSettings({ ...GOOD, HEED_SMTP: 'smtp://[::1]:2525/' })).toMatchObject({
			host: '::1',
			port: 2525,
			secure: false,
			user: '',
			password: ''
		});
		expect(mailSettings({ ...GOOD, HEED_SMTP: 'smtp://mail.example.org' })?.port).toBe(587);
	});

	test.for<[name: keyof typeof GOOD, ...texts: string[]]>([
		[
			'HEED_SMTP',
			'mail.example.org',
			'mail.example.org:587',
			'https://mail.example.org',
			'smtp://',
			'smtp://heed@mail.example.org',
			'smtp://:geheim@mail.example.org',
			'smtp://heed:50%@mail.example.org',
			'smtp://heed:a/b@mail.example.org',
			'smtp://mail.example.org:99999',
			'smtp://mail.example.org/?pool=true',
			'smtp://mail.example.org#1',
			'smtp://mail%2eexample.org'
		],
		[
			'HEED_MAIL_FROM',
			'',
			'heed',
			'Heed <heed@example.org>',
			'heed@localhost',
			'heed@example.org\nBcc: a@b.org'
		],
		[
			'HEED_ADDRESS',
			'',
			'heed.example.org',
			'http://heed.example.org',
			'https://heed.example.org/app',
			'https://heed.example.org/?a',
			'https://heed.example.org/#a',
			'https://a:b@heed.example.org',
			'mailto:heed@example.org'
		]
	])('%s is looked at before anything starts', ([name, ...texts]) => {
		for (const text of texts) {
			const env = { ...GOOD, [name]: text };
			expect(() => checkMail(env), text).toThrow(new RegExp(`^${name} must be .*$`));
			expect(() => checkMail(env), text).not.toThrow(/geheim|50%/);
			expect(mailSettings(env), text).toBeNull();
		}
	});

	test.for([
		{},
		{ HEED_ADDRESS: 'http://127.0.0.1:8090' },
		{ HEED_MAIL_FROM: 'heed@Példa.hu' },
		{ HEED_SMTP: 'smtp://127.0.0.1:25' },
		{ HEED_SMTP: 'smtp://heed:p%40ss@[2001:db8::1]:2525/' }
	])('%j is taken by whoever looks at it', (change) => {
		const env = { ...GOOD, ...change };
		expect(() => checkMail(env)).not.toThrow();
		expect(mailSettings(env)).not.toBeNull();
	});

	test('whoever sends no e-mail need not set anything', () => {
		expect(() => checkMail({})).not.toThrow();
		expect(() => checkMail({ HEED_SMTP: '', HEED_MAIL_FROM: '', HEED_ADDRESS: '' })).not.toThrow();
	});
});
