import { app } from '$lib/app';
import { live } from './live.svelte';
import { now } from './now.svelte';

/** When this device last had an answer from the server; looked at with the clock. Call while a component is being set up. */
export const heard = (): { readonly current: number } =>
	live(async () => {
		now();
		return app.heard();
	}, Number.MAX_SAFE_INTEGER);
