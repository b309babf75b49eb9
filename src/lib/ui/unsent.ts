import { SvelteMap } from 'svelte/reactivity';
import type { Id } from '$lib/domain/id';

/** What was typed under a case and not sent yet. In memory only: it survives moving between cases, not a reload. */
export const unsent = new SvelteMap<Id, string>();

export const isWriting = (): boolean => [...unsent.values()].some((text) => text.trim() !== '');
