import { expect, test, vi } from 'vitest';
import { fail } from '../../src/lib/domain/result';

test('a picture whose file has gone is answered, too', async () => {
	const answers: unknown[] = [];
	const worker = {
		postMessage: (answer: unknown) => answers.push(answer),
		onmessage: (_event: unknown): Promise<void> => Promise.reject(new Error('nobody listens'))
	};
	vi.stubGlobal('self', worker);
	await import('../../src/lib/picture/encode.worker');
	const file = { size: 1, arrayBuffer: () => Promise.reject(new Error('it has gone')) };
	await worker.onmessage({ data: { file, size: 'usual' } });
	expect(answers).toEqual([fail({ kind: 'undecodable' })]);
});
