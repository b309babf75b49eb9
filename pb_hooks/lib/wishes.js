const { isHours, isZone } = require(`${__hooks}/lib/hours.js`);
const { isList, isObject } = require(`${__hooks}/lib/shape.js`);
const { list, run } = require(`${__hooks}/lib/sql.js`);
const { id } = require(`${__hooks}/lib/chance.js`);

/** Kinds that may be switched off. */
const CHOSEN = ['police', 'alert', 'message', 'seen', 'answer'];

/** Of who has said nothing. */
const NONE = { noPush: [], noMail: [], quiet: null, zone: 'Europe/Berlin' };

/**
 * `Wishes` of src/lib/domain/notice.ts, of a zone that there is.
 * @param {unknown} body
 */
const isWishes = (body) =>
	isObject(body) &&
	isKinds(body.noPush) &&
	isKinds(body.noMail) &&
	(body.quiet === null || isHours(body.quiet)) &&
	isZone(body.zone);

/**
 * @param {string} text as it is kept, or ''
 * @returns {{noPush: string[], noMail: string[], quiet: {from: string, to: string} | null, zone: string}}
 */
function read(text) {
	try {
		return Object.assign({}, NONE, JSON.parse(text || '{}'));
	} catch {
		return NONE;
	}
}

/** @param {core.App} app */
const of = (app, user) =>
	read(list(app, "SELECT COALESCE(wishes, '') AS it FROM wishes WHERE user = {:user}", { user })[0] || '');

/** Of what was sent, what is a wish. */
function keep(app, user, { noPush, noMail, quiet, zone }) {
	const hours = quiet && { from: quiet.from, to: quiet.to };
	run(
		app,
		`INSERT INTO wishes (id, user, wishes, address, confirmed, code) VALUES ({:id}, {:user}, {:wishes}, '', '', '')
		ON CONFLICT (user) DO UPDATE SET wishes = excluded.wishes`,
		{ id: id(), user, wishes: JSON.stringify({ noPush, noMail, quiet: hours, zone }) }
	);
}

const isKinds = (value) => isList(value, CHOSEN.length, (kind) => CHOSEN.includes(kind));

module.exports = { CHOSEN, isWishes, keep, of, read };
