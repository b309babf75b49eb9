// @ts-check
/**
 * Quick hide: locks, leaves for a calendar, and leaves nothing of this app behind for the buttons back and forward.
 * It comes before everything else and needs nothing of it, so that it works at the first touch: while the app is still
 * starting, when it cannot start, and behind an open dialog.
 */
(() => {
	const AWAY = '/calendar.html';
	const MARK = 'hidden';
	/** The message `hide` of each language: the word must stand there before the app has loaded its own. */
	/** @type {Record<string, string>} */
	const WORDS = { en: 'Hide', pl: 'Ukryj', de: 'Verbergen', ro: 'Ascunde', hu: 'Elrejtés' };

	const isHidden = () => sessionStorage.getItem(MARK) !== null;
	const link = () => document.getElementById('hide');

	/** What lies ahead is cut off where a new page begins: so the calendar begins at the first entry, and goes on to one. */
	function leave() {
		document.documentElement.hidden = true;
		const { index = 0 } = window.navigation?.currentEntry ?? {};
		if (index === 0) return location.replace(AWAY);
		history.go(-index);
		setTimeout(() => location.replace(AWAY), 500);
	}

	function hide() {
		document.title = '';
		sessionStorage.setItem(MARK, '');
		const word = { say: 'close', id: null };
		new BroadcastChannel('heed-vault').postMessage(word);
		navigator.serviceWorker?.controller?.postMessage(word);
		leave();
	}

	// Whoever goes back from the calendar to what could not be taken away meets the calendar again.
	const [arrival] = performance.getEntriesByType('navigation');
	const isBack = arrival instanceof PerformanceNavigationTiming && arrival.type === 'back_forward';
	if (!isBack) sessionStorage.removeItem(MARK);
	if (isHidden()) leave();
	for (const name of ['popstate', 'pageshow', 'beforeunload']) {
		addEventListener(name, (event) => {
			if (!isHidden()) return;
			// Nobody else moves now, or asks whether to stay.
			event.stopImmediatePropagation();
			if (name !== 'beforeunload') leave();
		});
	}

	let escaped = -Infinity;
	addEventListener(
		'keydown',
		({ key, repeat, timeStamp }) => {
			if (repeat) return;
			if (key === 'Escape' && timeStamp - escaped < 1000) hide();
			escaped = key === 'Escape' ? timeStamp : -Infinity;
		},
		true
	);

	addEventListener(
		'click',
		(event) => {
			const corner = link();
			const { target } = event;
			if (!corner || !(target instanceof Element)) return;
			// A dialog that is open takes what is touched behind it.
			const isBehind = target instanceof HTMLDialogElement && !isIn(target, event) && isIn(corner, event);
			if (!corner.contains(target) && !isBehind) return;
			event.preventDefault();
			hide();
		},
		true
	);

	// As soon as the link is there: `DOMContentLoaded` waits for the app.
	document.addEventListener('readystatechange', () => {
		const languages = [localStorage.getItem('PARAGLIDE_LOCALE') ?? '', ...navigator.languages];
		const word = languages.map((language) => WORDS[language.slice(0, 2)]).find(Boolean);
		const corner = link();
		if (corner && word) corner.textContent = word;
	});

	/** @param {Element} element @param {MouseEvent} point */
	function isIn(element, { clientX, clientY }) {
		const { left, right, top, bottom } = element.getBoundingClientRect();
		return clientX >= left && clientX <= right && clientY >= top && clientY <= bottom;
	}
})();
