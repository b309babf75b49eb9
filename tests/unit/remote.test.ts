/** What an answer means, and the lack of one: against a server of this test's own that says what it is told to say. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { PartRow } from '../../src/lib/store/person';
import { connect, type Remote } from '../../src/lib/sync/remote';
import { clearAway } from '../garbage';

/** A status and a body, a connection that ends, or one on which nothing ever comes. */
type Answer = [status: number, body: unknown] | 'gone' | 'silence';
const PART: PartRow = {
	id: 'part00000000000',
	item: 'entry0000000000',
	bytes: new Uint8Array(10),
	fields: { digest: 'digest-of-it' }
};
const TWICE: Answer = [400, { status: 400, data: { id: { code: 'validation_not_unique' } } }];

let server: Server;
let remote: Remote;
let asked: string[];
/** By what is asked, until the end of the test. */
let answers: Record<'repeat' | 'look' | 'session', Answer>;
beforeEach(async () => {
	asked = [];
	server = createServer((request, response) => {
		const path = request.url ?? '';
		const what = path.includes('auth-refresh') ? 'session' : request.method === 'GET' ? 'look' : 'repeat';
		asked.push(what);
		const answer = answers[what];
		request.resume().on('end', () => {
			if (answer === 'gone') request.socket.destroy();
			else if (answer !== 'silence')
				response.writeHead(answer[0], { 'Content-Type': 'application/json' }).end(JSON.stringify(answer[1]));
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	remote = connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, 'a-token');
});
afterEach(() => {
	server.closeAllConnections();
	server.close();
});

test.for<[string, Answer, Answer, object]>([
	['lies there', [200, { digest: 'digest-of-it' }], 'gone', { is: 'accepted' }],
	['is something else there', [200, { digest: 'another' }], [200, { token: 'x' }], { is: 'refused' }],
	['is not there', [404, {}], [200, { token: 'x' }], { is: 'refused' }],
	['cannot be looked for', 'gone', [200, { token: 'x' }], { is: 'unreachable', reason: 'network' }],
	['is not shown, as the session is over', [404, {}], [401, {}], { is: 'unreachable', reason: 'sign_in' }],
	['is looked for by somebody who is gone', [404, {}], [403, {}], { is: 'unreachable', reason: 'sign_in' }],
	['may be the session', [404, {}], 'gone', { is: 'unreachable', reason: 'network' }],
	['meets a server in trouble', [503, {}], 'gone', { is: 'unreachable', reason: 'server' }]
])('a part that is refused and %s', async ([, look, session, outcome]) => {
	answers = { repeat: TWICE, look, session };
	expect(await remote.sendPart(PART)).toEqual(outcome);
	expect(await remote.sendBatch([], 'entry0000000000', 'digest-of-it')).toEqual(outcome);
	expect(asked.slice(0, 2)).toEqual(['repeat', 'look']);
});

test('many that are refused together say nothing of any one, and ask no further', async () => {
	answers = { repeat: TWICE, look: 'gone', session: 'gone' };
	expect(await remote.sendTogether([])).toEqual({ is: 'refused' });
	expect(asked).toEqual(['repeat']);
});

test.for<[string, (remote: Remote) => Promise<unknown>]>([
	['facts', ({ facts }) => facts()],
	['a pull', ({ pull }) => pull(0)],
	['signing in', (one) => one.signIn('ana', 'auth')],
	['sending', (one) => one.sendBatch([], 'entry0000000000', 'digest-of-it')],
	['a part', (one) => one.sendPart(PART)],
	['what a person waits for', (one) => one.write([])]
])('%s is given up when no answer ever comes', async ([, ask]) => {
	answers = { repeat: 'silence', look: 'silence', session: 'silence' };
	const timeout = AbortSignal.timeout.bind(AbortSignal);
	const waited: number[] = [];
	const spy = vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => (waited.push(ms), timeout(300)));
	const outcome = ask(remote);
	// What a spy has seen it keeps, and a page does not.
	spy.mockRestore();
	await Promise.race([outcome, vi.waitUntil(() => asked.length > 0, 10_000)]);
	clearAway();
	expect(JSON.stringify(await outcome)).toContain('"network"');
	expect(Math.max(...waited)).toBeLessThanOrEqual(90_000);
});

test('what is still waited for is given up with the connection, and nothing is asked after it', async () => {
	answers = { repeat: 'silence', look: 'silence', session: 'silence' };
	const outcomes = [remote.pull(0), remote.write([])];
	await vi.waitUntil(() => asked.length === outcomes.length, 10_000);
	remote.close();
	for (const outcome of [...outcomes, remote.pull(0)])
		expect(JSON.stringify(await outcome)).toContain('"network"');
	expect(asked).toHaveLength(outcomes.length);
});
