// @ts-check
/** A month on a page. It knows nothing of the app beside which it lies, except how to go back there. */
(() => {
	const DAYS = 7;
	const locale = navigator.language;
	/** @param {Intl.DateTimeFormatOptions} options */
	const format = (options) => new Intl.DateTimeFormat(locale, options);
	const monthName = format({ month: 'long', year: 'numeric' });
	const [before, now, after] = ['before', 'now', 'after'].map(
		(id) => /** @type {HTMLElement} */ (document.getElementById(id))
	);
	const [head, body] = ['thead tr', 'tbody'].map(
		(what) => /** @type {HTMLElement} */ (document.querySelector(what))
	);

	const today = new Date();
	let shown = monthOf(today, 0);

	document.documentElement.lang = locale;
	before.onclick = () => show(monthOf(shown, -1));
	after.onclick = () => show(monthOf(shown, 1));
	now.onclick = () => {
		show(monthOf(today, 0));
		countPress();
	};
	show(shown);

	// An entry of its own: what lay beyond it can no longer be reached by going forward.
	const cutOff = () => {
		if (sessionStorage.getItem('hidden') !== null && history.state === null) history.pushState({}, '');
	};
	cutOff();
	addEventListener('pageshow', cutOff);

	/** @param {Date} month */
	function show(month) {
		shown = month;
		document.title = now.textContent = monthName.format(month);
		before.ariaLabel = monthName.format(monthOf(month, -1));
		after.ariaLabel = monthName.format(monthOf(month, 1));

		const first = new Date(month);
		first.setDate(1 - ((month.getDay() - firstDayOfWeek() + DAYS) % DAYS));
		const weeks = Array.from({ length: 6 }, (_, week) =>
			Array.from({ length: DAYS }, (_, day) => dayAfter(first, week * DAYS + day))
		).filter(([monday, ...rest]) => [monday, ...rest].some((day) => isIn(day, month)));

		head.replaceChildren(...weeks[0].map((day) => element('th', format({ weekday: 'short' }).format(day))));
		body.replaceChildren(
			...weeks.map((week) => {
				const row = document.createElement('tr');
				row.append(...week.map((day) => cell(day, month)));
				return row;
			})
		);
	}

	/** @param {Date} day @param {Date} month */
	function cell(day, month) {
		const made = document.createElement('td');
		made.append(element('span', format({ day: 'numeric' }).format(day)));
		made.className = isIn(day, month) ? '' : 'other';
		if (day.toDateString() === today.toDateString()) made.ariaCurrent = 'date';
		return made;
	}

	/** Three presses on the month's name lead back: an installed app has no line for an address. */
	let presses = /** @type {number[]} */ ([]);
	function countPress() {
		presses = [...presses, Date.now()].slice(-3);
		if (presses.length === 3 && presses[2] - presses[0] < 2000) location.assign('/');
	}

	/** @param {string} name @param {string} text */
	function element(name, text) {
		const made = document.createElement(name);
		made.textContent = text;
		return made;
	}

	/** @param {Date} day @param {Date} month */
	function isIn(day, month) {
		return day.getMonth() === month.getMonth();
	}

	/** @param {Date} day @param {number} days */
	function dayAfter(day, days) {
		return new Date(day.getFullYear(), day.getMonth(), day.getDate() + days);
	}

	/** @param {Date} day @param {number} months */
	function monthOf(day, months) {
		return new Date(day.getFullYear(), day.getMonth() + months, 1);
	}

	/** 0 is Sunday. Where the browser does not know, Monday, as in most of Europe. */
	function firstDayOfWeek() {
		const { weekInfo, getWeekInfo } = /** @type {any} */ (new Intl.Locale(locale));
		const info = getWeekInfo ? getWeekInfo.call(new Intl.Locale(locale)) : weekInfo;
		return (info?.firstDay ?? 1) % DAYS;
	}
})();
