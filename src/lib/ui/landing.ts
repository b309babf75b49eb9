/**
 * Moves the focus to a place that stays, from a button that goes with what it did; to the content where that place is gone, too.
 * Who has gone on meanwhile is not called back.
 */
export function land(place: HTMLElement | null | undefined): void {
	const to = place?.isConnected ? place : document.getElementById('content');
	const now = document.activeElement ?? document.body;
	if (!to || (now !== document.body && !to.contains(now))) return;
	// What no key reaches takes the focus all the same.
	if (to.tabIndex < 0) to.tabIndex = -1;
	to.focus({ preventScroll: true });
}
