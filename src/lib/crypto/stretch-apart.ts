/** `stretch` in a worker of its own, so that the screen never freezes. Memory is given back at the end. */
export function stretchApart(passphrase: string, salt: Uint8Array): Promise<Uint8Array> {
	const worker = new Worker(new URL('./stretch.worker.ts', import.meta.url), { type: 'module' });
	return new Promise<Uint8Array>((resolve, reject) => {
		worker.onmessage = ({ data }: MessageEvent<Uint8Array>) => resolve(data);
		worker.onerror = () => reject(new Error('the passphrase worker stopped'));
		worker.postMessage({ passphrase, salt });
	}).finally(() => worker.terminate());
}
