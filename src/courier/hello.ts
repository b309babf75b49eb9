import type { Settings } from './settings';

/** The server took the secret; it did not; or nobody answered. Every one but the first is tried again. */
export type Answer = 'accepted' | 'refused' | 'unreachable';

const ANSWER_WITHIN_MS = 10_000;

/** Tells the server that its courier is here. */
export async function sayHello(
	settings: Settings,
	gone: AbortSignal,
	within = ANSWER_WITHIN_MS
): Promise<Answer> {
	const over = new AbortController();
	const end = (): void => over.abort();
	// Not by `AbortSignal.any`: Node clears away a deadline that nothing else holds, and then it never comes.
	const deadline = setTimeout(end, within);
	gone.addEventListener('abort', end);
	if (gone.aborted) end();
	try {
		const response = await fetch(`${settings.HEED_URL}/api/heed/courier/hello`, {
			method: 'POST',
			headers: { 'X-Heed-Courier': settings.HEED_COURIER_SECRET },
			signal: over.signal
		});
		await response.body?.cancel();
		if (response.ok) return 'accepted';
		return response.status >= 500 ? 'unreachable' : 'refused';
	} catch {
		return 'unreachable';
	} finally {
		clearTimeout(deadline);
		gone.removeEventListener('abort', end);
	}
}
