import { onChange } from '$lib/store/live';

/**
 * What the device's memory says now and whenever it changes. Runes that `query` reads before its first
 * await are followed too. `typed`: what is being typed shows in the answer. Call while a component is being set up; it
 * ends with the component.
 */
export function live<T>(
	query: () => Promise<T>,
	initial: T,
	given: { typed?: boolean } = {}
): { readonly current: T } {
	let current = $state.raw(initial);

	$effect(() => {
		let asking = false;
		let changed = false;
		let ended = false;
		// One answer at a time: changes that come meanwhile lead to one more, so that the last word always shows.
		const ask = (): void => {
			changed = asking;
			if (asking || ended) return;
			asking = true;
			query()
				.then((value) => {
					if (!ended) current = value;
				}, reportError)
				.finally(() => {
					asking = false;
					if (changed) ask();
				});
		};
		ask();
		const unsubscribe = onChange(ask, given);
		return () => {
			ended = true;
			unsubscribe();
		};
	});

	return {
		get current() {
			return current;
		}
	};
}
