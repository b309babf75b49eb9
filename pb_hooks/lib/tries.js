/** Counted for everybody together: whoever guesses may come from many addresses. Forgotten when the server restarts. */
const MINUTE = 60 * 1000;

/**
 * Whether `limit` tries of this name were noted within the last minute.
 * @param {core.App} app
 */
function isOver(app, name, limit) {
	return recent(app.store().get(key(name))).length >= limit;
}

function note(app, name) {
	app.store().setFunc(key(name), (old) => recent(old).concat(String(Date.now())).join(' '));
}

const key = (name) => `heedTries:${name}`;

const recent = (tries) =>
	String(tries || '')
		.split(' ')
		.filter((time) => time !== '' && Date.now() - Number(time) < MINUTE);

module.exports = { isOver, note };
