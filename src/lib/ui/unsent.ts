import { SvelteMap } from 'svelte/reactivity';
import type { Id } from '$lib/domain/id';
import type { Audience } from '$lib/domain/lists';

/** What was typed under a case and not sent yet. In memory only: it survives moving between cases, not a reload. */
export const unsent = new SvelteMap<Id, string>();

/** For whom it was typed: words meant for the team must not turn to somebody else on the way. */
export const aimed = new SvelteMap<Id, Audience>();

export const isWriting = (): boolean => [...unsent.values()].some((text) => text.trim() !== '');
