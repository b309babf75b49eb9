/**
 * `encode` in a worker: drawing a large picture would hold up a slow screen. It ends with the picture, whose pixels take a
 * lot of room.
 */
import { fail } from '../domain/result';
import type { encode, Size } from './encode';
import type { Asked } from './encode.worker';

type Answer = Awaited<ReturnType<typeof encode>>;

export async function encodeApart(file: File, size: Size): Promise<Answer> {
	const worker = new Worker(new URL('./encode.worker.ts', import.meta.url), { type: 'module' });
	const answer = new Promise<Answer>((resolve) => {
		worker.onmessage = ({ data }: MessageEvent<Answer>) => resolve(data);
		// It did not load, or the system ended it, as for a picture that is too much for this device.
		worker.onerror = () => resolve(fail({ kind: 'undecodable' }));
	});
	worker.postMessage({ file, size } satisfies Asked);
	return answer.finally(() => worker.terminate());
}
