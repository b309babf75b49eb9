/** What stands in the form and what is kept of it, also while another tab writes in the same draft. */
import { tick, untrack } from 'svelte';
import { app, type Absent, type Kept, type Saved } from '$lib/app';
import { said } from '$lib/domain/blank';
import { renamed } from '$lib/domain/carried';
import type { Id } from '$lib/domain/id';
import { fail } from '$lib/domain/result';
import { live } from '$lib/ui/live.svelte';
import { pen } from '$lib/ui/pen';

type Given = {
	/** It is kept from now on, under this id. */
	onstored: (id: Id) => void;
	/** It is no longer here to be written in. */
	onabsent: (why: Absent, id: Id) => void;
};

/** Call while a component is being set up. */
export function keeping(given: Kept, { onstored, onabsent }: Given) {
	let kept = $state.raw(given);
	const draft = $state(structuredClone(given.draft));
	let from = $state.raw<Saved['from']>();
	/** Nobody looks at it any more, or it is sent from here. */
	let isLeft = false;
	const hand = pen(async () => {
		moveOn(await app.saveDraft(kept, $state.snapshot(draft)));
	});
	$effect(() => () => void (isLeft = true));

	function moveOn(saved: Saved): void {
		({ kept } = saved);
		if (saved.from) {
			({ from } = saved);
			const { id, files } = { id: kept.draft.id, files: saved.from.files };
			draft.id = id;
			const own = renamed(draft, (old) => {
				const file = files.get(old);
				// Put in during the write: it goes along.
				if (file === undefined) void app.movePicture(old, id);
				return file === undefined ? old : file;
			});
			Object.assign(draft, own);
		}
		if (kept.version > 0 && !isLeft) onstored(kept.draft.id);
	}

	const news = live(
		async () => {
			await hand.settled();
			const since = kept;
			return { since, found: await app.draftNews(since) };
		},
		null,
		{ typed: true }
	);

	$effect(() => {
		const { since, found } = news.current ?? {};
		if (found) untrack(() => since === kept && !hand.busy && !isLeft && follow(found));
	});

	/** The newer words, where nothing was typed that they have not seen. */
	function follow(found: Kept | Absent): void {
		if (said(draft) !== said(kept.draft)) hand.note().catch(reportError);
		else if (typeof found === 'object' && 'draft' in found) void takeOver(found);
		else onabsent(found, draft.id);
	}

	async function takeOver(found: Kept): Promise<void> {
		const field = document.activeElement;
		const isText = field instanceof HTMLTextAreaElement || field instanceof HTMLInputElement;
		const caret = isText ? ([field.selectionStart, field.selectionEnd] as const) : null;
		kept = found;
		Object.assign(draft, structuredClone(found.draft));
		await tick();
		// A choice has no caret.
		if (isText && caret?.[0] != null) field.setSelectionRange(...caret);
	}

	return {
		draft,
		/** These words were written there, and are a draft of their own now. */
		get from() {
			return from;
		},
		get isKept() {
			return kept.version > 0;
		},
		/** Durable when it resolves. */
		keep: () => hand.note(),
		/** The case's id, as `app.send` says. With `changed` the words in the form are a draft of their own. */
		async send(): ReturnType<typeof app.send> {
			const { id } = draft;
			// What cannot be kept here may still be sent.
			await hand.note().catch(() => undefined);
			if (draft.id !== id) return fail({ kind: 'changed' });
			return hand.alone(async () => {
				const words = $state.snapshot(draft);
				const sent = await app.send(words, kept);
				if (sent.ok) [kept, isLeft] = [{ ...kept, draft: words }, true];
				else if (sent.error.kind === 'changed') moveOn(await app.keepApart(words));
				return sent;
			});
		},
		async discard(): Promise<void> {
			await hand.settled();
			await app.discardDraft(draft.id);
			onabsent('discarded', draft.id);
		}
	};
}
