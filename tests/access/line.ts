/**
 * Requests of one person from an address of the person's own, as if each sat somewhere else: PocketBase counts by address,
 * and answers slowly where one address finds nothing too often.
 */
import { Agent, request, type IncomingMessage } from 'node:http';
import type { Who } from './people';

export interface Person {
	who: Who;
	id: string;
	/** '' for who is not signed in. */
	token: string;
	line: Line;
}

export interface Line {
	port: number;
	from: string | undefined;
	agent: Agent;
}

export interface Answer {
	status: number;
	body: Record<string, unknown>;
}

/** Other systems than Linux have one address of their own, and are slower. The operator is let in from the first alone. */
export const aLine = (url: string, nth: number): Line => ({
	port: Number(new URL(url).port),
	from: process.platform === 'linux' ? `127.0.0.${nth + 1}` : undefined,
	agent: new Agent({ keepAlive: true, maxSockets: 4 })
});

export async function ask(
	person: Pick<Person, 'token' | 'line'>,
	method: string,
	path: string,
	body?: unknown
): Promise<Answer> {
	const form = body instanceof FormData ? new Response(body) : null;
	const payload = form
		? Buffer.from(await form.arrayBuffer())
		: body === undefined
			? ''
			: JSON.stringify(body);
	const answer = await send(
		person,
		method,
		path,
		payload,
		form?.headers.get('Content-Type') ?? 'application/json'
	);
	const text = await readAll(answer);
	const isJson = answer.headers['content-type']?.startsWith('application/json') === true && text !== '';
	return {
		status: answer.statusCode ?? 0,
		body: isJson ? (JSON.parse(text) as Record<string, unknown>) : {}
	};
}

/** The answer once its head is there. */
export function send(
	{ token, line }: Pick<Person, 'token' | 'line'>,
	method: string,
	path: string,
	payload: string | Buffer = '',
	type = 'application/json'
): Promise<IncomingMessage> {
	return new Promise((resolve, reject) => {
		const sent = request(
			{
				host: '127.0.0.1',
				port: line.port,
				localAddress: line.from,
				agent: line.agent,
				method,
				path,
				headers: {
					...(token !== '' && { Authorization: token }),
					...(payload.length > 0 && { 'Content-Type': type, 'Content-Length': Buffer.byteLength(payload) })
				}
			},
			resolve
		);
		sent.once('error', reject);
		sent.end(payload);
	});
}

async function readAll(answer: IncomingMessage): Promise<string> {
	const parts: Buffer[] = [];
	for await (const part of answer) parts.push(part as Buffer);
	return Buffer.concat(parts).toString();
}
