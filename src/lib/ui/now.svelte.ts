import { createSubscriber } from 'svelte/reactivity';

const follow = createSubscriber((update) => {
	const timer = setInterval(update, 30_000);
	return () => clearInterval(timer);
});

/** The clock in ms; what reads it inside an effect is refreshed twice a minute. */
export function now(): number {
	follow();
	return Date.now();
}
