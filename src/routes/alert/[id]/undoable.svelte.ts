/** A list from which things are taken away, and put back where they were as long as nobody has left. */
import { tick } from 'svelte';
import type { Id } from '$lib/domain/id';

type Named = { file: Id };

/** `list` is the form's; `draft` tells one draft from another, which has things of its own. */
export function undoable<T extends Named>(
	list: { get: () => readonly T[]; set: (all: T[]) => void },
	draft: () => Id,
	onchange: () => void
) {
	/** Taken away and not yet forgotten, each with its place among all that show; the first place first. */
	let removed = $state.raw<{ one: T; place: number }[]>([]);
	const shown = $derived(
		removed.reduce<{ one: T; isRemoved: boolean }[]>(
			(all, { one, place }) => all.toSpliced(place, 0, { one, isRemoved: true }),
			list.get().map((one) => ({ one, isRemoved: false }))
		)
	);
	$effect(() => {
		if (draft()) removed = [];
	});

	/** On what undoes the act that was just done. */
	async function focus({ file }: Named): Promise<void> {
		onchange();
		await tick();
		document.querySelector<HTMLElement>(`[data-file='${file}'] button`)?.focus();
	}

	return {
		get shown() {
			return shown;
		},
		async remove(one: T, place: number): Promise<void> {
			list.set(list.get().filter(({ file }) => file !== one.file));
			removed = [...removed, { one, place }].sort((a, b) => a.place - b.place);
			await focus(one);
		},
		async undo(one: T, place: number): Promise<void> {
			const before = shown.slice(0, place).filter(({ isRemoved }) => !isRemoved).length;
			removed = removed.filter((other) => other.one !== one);
			list.set(list.get().toSpliced(before, 0, one));
			await focus(one);
		}
	};
}
