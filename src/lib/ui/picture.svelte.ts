/** An address for a picture's bytes while the component lives; given back with it. */
export function picture<T>(load: () => Promise<T>, bytes: (loaded: T) => Blob | null) {
	let url = $state<string>();
	let loaded = $state.raw<T>();

	$effect(() => {
		let made: string | undefined;
		let ended = false;
		load().then((value) => {
			if (ended) return;
			loaded = value;
			const blob = bytes(value);
			if (blob) url = made = URL.createObjectURL(blob);
		}, reportError);
		return () => {
			ended = true;
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
