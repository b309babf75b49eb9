import { liveQuery } from '$lib/store/live';

/**
 * What the device's memory says now and whenever it changes. Runes that `query` reads before its first
 * await are followed too. Call while a component is being set up; it ends with the component.
 */
export function live<T>(query: () => Promise<T>, initial: T): { readonly current: T } {
	let current = $state.raw(initial);

	$effect(() => {
		let answered = false;
		let ended = false;
		// Dexie asks in a later task, where no rune is followed: this first call is the one that is.
		query().then(
			(value) => {
				if (!answered && !ended) current = value;
			},
			() => undefined
		);
		const subscription = liveQuery(query).subscribe({
			next(value) {
				answered = true;
				current = value;
			},
			error: reportError
		});
		return () => {
			ended = true;
			subscription.unsubscribe();
		};
	});

	return {
		get current() {
			return current;
		}
	};
}
