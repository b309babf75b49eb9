import type { Task } from './work';

/** `findWork` in a worker of its own, beside the one that stretches the passphrase. Nothing asked for is nothing done. */
export async function workApart(task: Task): Promise<string> {
	if (task.bits === 0) return '';
	const worker = new Worker(new URL('./work.worker.ts', import.meta.url), { type: 'module' });
	return new Promise<string>((resolve, reject) => {
		worker.onmessage = ({ data }: MessageEvent<string>) => resolve(data);
		worker.onerror = () => reject(new Error('the worker for proof of work stopped'));
		worker.postMessage(task);
	}).finally(() => worker.terminate());
}
