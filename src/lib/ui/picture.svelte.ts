import { untrack } from 'svelte';
import { onChange } from '$lib/store/live';

/**
 * An address for a picture's bytes while the component lives; given back with it. Loads anew when `key` changes, and
 * whenever the device's memory does until there is something to show: parts may arrive after the words.
 */
export function picture<T>(key: () => string, load: () => Promise<T>, bytes: (loaded: T) => Blob | null) {
	let url = $state<string>();
	let loaded = $state.raw<T>();
	// The same name in a new object is the same picture.
	const wanted = $derived(key());

	$effect(() => {
		if (!wanted) return;
		let made: string | undefined;
		let ended = false;
		const ask = (): void => {
			load().then((value) => {
				if (ended || made) return;
				loaded = value;
				const blob = bytes(value);
				if (!blob) return;
				unsubscribe();
				url = made = URL.createObjectURL(blob);
			}, reportError);
		};
		const unsubscribe = onChange(ask);
		untrack(ask);
		return () => {
			ended = true;
			unsubscribe();
			url = undefined;
			if (made) URL.revokeObjectURL(made);
		};
	});

	return {
		get url() {
			return url;
		},
		get loaded() {
			return loaded;
		}
	};
}
