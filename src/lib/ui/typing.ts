/**
 * A new version takes over by loading every tab anew. That loses nothing that is kept; but nobody likes it under the
 * fingers, and some things are on a screen alone. So each tab holds a lock together with the others while it is no time.
 */
import { allWritten, isWriting } from './pen';

const NAME = 'heed-typing';
/** ms that somebody who stopped in the middle of a sentence is thought to go on. */
const PAUSE = 30_000;
/** Screens that show only what the device remembers. Others may show what is nowhere else, as a key to be printed. */
const LASTING = /^\/($|alert\/|case\/|settings$|sign-in$|tray$|unlock$|team($|\/members$|\/[a-z0-9]{15}$))/;
/** A form that has this keeps what is typed in it, letter by letter. */
const KEPT = '[data-kept]';
/** Words to find something by are no loss. */
const SEARCH = '[type=search]';

let typed = -Infinity;
/** Where something was typed that nothing keeps. */
let unkeptAt = '';
/** The fields of it that nothing has kept since. */
const unkept = new Set<Element>();
let letGo: (() => void) | null = null;
let over: Promise<unknown> = Promise.resolve();

/** Once, for as long as the page lives. */
export function tellTyping(): void {
	const input = ({ target }: Event): void => {
		typed = Date.now();
		if (target instanceof Element && !target.closest(KEPT)) {
			unkeptAt = location.pathname;
			if (!target.matches(SEARCH)) unkept.add(target);
		}
		look();
	};
	document.addEventListener('input', input, { capture: true });
	for (const name of ['focusin', 'focusout']) document.addEventListener(name, () => setTimeout(look));
	setInterval(look, 1_000);
	look();
}

/** Something stands on this tab's screen that was typed or chosen, and that nothing keeps: whoever leads away from it asks first. */
export function isUnkept(): boolean {
	for (const field of unkept) if (!field.isConnected) unkept.delete(field);
	return unkept.size > 0;
}

/** What was typed there has been taken: it is lost no more. */
export function tookAll(form: Element): void {
	for (const field of unkept) if (form.contains(field)) unkept.delete(field);
}

/** Runs it when in no tab of this browser anybody types; says whether. */
export async function whenNobodyTypes(act: () => void): Promise<boolean> {
	await allWritten();
	look();
	if (letGo) return false;
	await over;
	return navigator.locks.request(NAME, { ifAvailable: true }, (lock) => {
		if (lock) act();
		return lock !== null;
	});
}

function look(): void {
	if (!isBusy()) {
		letGo?.();
		letGo = null;
	} else if (!letGo) {
		const end = new Promise<void>((resolve) => (letGo = resolve));
		over = navigator.locks.request(NAME, { mode: 'shared' }, () => end);
	}
}

function isBusy(): boolean {
	const path = location.pathname;
	if (path !== unkeptAt) unkeptAt = '';
	return isWriting() || isTyping() || unkeptAt !== '' || !LASTING.test(path);
}

const isTyping = (): boolean =>
	Date.now() - typed < PAUSE && !!document.activeElement?.matches('input, textarea, select');
