import { app } from '$lib/app';
import { live } from './live.svelte';

const SECOND = 1_000;

/** ms until a passphrase may be tried again, counting; of whoever is at work, or of this login. */
export function pause(login?: () => string): { readonly left: number } {
	let ticks = $state(0);
	// Asked anew at each tick.
	const left = live(() => {
		const [who] = [login?.(), ticks];
		return app.pauseFor(who);
	}, 0);
	$effect(() => {
		if (left.current === 0) return;
		const timer = setTimeout(() => ticks++, left.current % SECOND || SECOND);
		return () => clearTimeout(timer);
	});
	return {
		get left() {
			return left.current;
		}
	};
}
