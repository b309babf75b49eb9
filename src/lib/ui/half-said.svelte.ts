/** What stands in a field or a form and is not said yet: kept from the first letter on, and the same in two tabs. */
import { tick, untrack } from 'svelte';
import { app, type Half, type Writing } from '$lib/app';
import { beyond, isBlank, together, type Begun } from '$lib/domain/begun';
import type { Audience } from '$lib/domain/lists';
import { live } from './live.svelte';
import { pen } from './pen';

type Words = { text: string; audience: Audience | '' | null; more: Readonly<Record<string, string>> };

const NOTHING: Words = { text: '', audience: null, more: {} };

const is = (one: Begun, other: Begun | null): boolean =>
	one.text === other?.text &&
	one.audience === other.audience &&
	JSON.stringify(one.more ?? {}) === JSON.stringify(other.more ?? {});

/** `id`: of the case, or of a form in it. Call while a component is being set up. */
export function halfSaid(id: string) {
	/** `audience` is null until somebody types or chooses. */
	let words = $state.raw(NOTHING);
	/** Which writing is kept, and what it says. */
	let at = 0;
	let kept: Begun | null = null;

	const hand = pen(write);

	const asBegun = (): Begun => ({
		...{ text: words.text, audience: words.audience ?? '' },
		...(Object.keys(words.more).length > 0 && { more: { ...words.more } })
	});

	async function write(): Promise<void> {
		const now = asBegun();
		if (is(now, kept) || (at === 0 && isBlank(now))) return;
		const done = await app.keepBegun(id, now, at);
		if (done.ok) [at, kept] = [done.value, now];
		else if (done.error.kind === 'changed') {
			const { by } = done.error;
			[at, kept] = [by.at, by.words];
			if (by.words) show(together(by.words, asBegun()));
			await write();
		}
	}

	/** The caret stays where it was: before the same words, counted from the end where they are put below others. */
	function show(begun: Begun): void {
		const next = { ...begun, more: begun.more ?? {} };
		const field = document.activeElement;
		const isHere = field instanceof HTMLTextAreaElement && field.value === words.text;
		const shift = next.text.endsWith(words.text) ? next.text.length - words.text.length : 0;
		const caret = isHere ? ([field.selectionStart + shift, field.selectionEnd + shift] as const) : null;
		words = next;
		if (caret) void tick().then(() => (field as HTMLTextAreaElement).setSelectionRange(...caret));
	}

	const news = live(
		async () => {
			await hand.settled();
			const since = at;
			return { since, found: await app.begun(id) };
		},
		null,
		{ typed: true }
	);

	$effect(() => {
		const { since, found } = news.current ?? {};
		if (found !== undefined) untrack(() => since === at && !hand.busy && follow(found));
	});

	function follow(found: Half | null): void {
		// Locked: the words come back with the key.
		if (!found) [words, at, kept] = [NOTHING, 0, null];
		else if (found.at === at) return;
		// Typed, and not kept for some reason: now it is put together with the other.
		else if (!isBlank(asBegun()) && !is(asBegun(), kept)) hand.note().catch(reportError);
		else {
			[at, kept] = [found.at, found.words];
			show(found.words ?? { text: '', audience: asBegun().audience });
		}
	}

	return {
		get text() {
			return words.text;
		},
		get audience() {
			return words.audience;
		},
		/** Somebody has chosen for whom it is. */
		get isAimed() {
			return words.audience !== null;
		},
		/** What was answered to one of a form's questions; `before` where nothing was yet. */
		answer: (name: string, before = ''): string => words.more[name] ?? before,
		/** Durable when it resolves. */
		type(text: string, audience: Audience | ''): Promise<void> {
			words = { ...words, text, audience };
			return hand.note();
		},
		/** The same for one of a form's questions. */
		fill(name: string, answer: string, audience: Audience | ''): Promise<void> {
			words = { ...words, audience, more: { ...words.more, [name]: answer } };
			return hand.note();
		},
		/** Says what stands there by `act`. What is typed meanwhile stays, and is kept after it. */
		async say<R extends { ok: boolean }>(act: (text: string, begun: Writing) => Promise<R>): Promise<R> {
			await hand.note();
			return hand.alone(async () => {
				const { text } = words;
				const said = await act(text.trim(), { id, at });
				if (said.ok) {
					[at, kept] = [0, null];
					words = { ...words, text: beyond(text, words.text), more: {} };
				}
				return said;
			});
		},
		/** Gives up what stands there, for good. */
		drop(): Promise<void> {
			words = NOTHING;
			return hand.note();
		}
	};
}
