/** What a team has set of its ladder: `TeamLadder` in src/lib/domain/ladder.ts. src/lib/domain/duty.ts says the same of who is on call. */
const { isHours, isOn, isZone, wall } = require(`${__hooks}/lib/hours.js`);
const { isId, isList, isObject, isText, isWhole } = require(`${__hooks}/lib/shape.js`);

/** Where a team has set nothing. */
const USUAL = {
	zone: 'Europe/Berlin',
	shifts: [],
	away: [],
	quiet: null,
	points: [],
	minutes: { danger: [5, 5, 10], urgent: [60, 60, 120] }
};

/**
 * The ladder in a text, or null where the text is none; nothing set is `USUAL`.
 * @param {string} text
 */
function read(text) {
	try {
		const ladder = JSON.parse(text || 'null');
		return ladder === null ? USUAL : isLadder(ladder) ? ladder : null;
	} catch {
		return null;
	}
}

/** Everybody who is named in it, each once. */
function named({ shifts, away, points }) {
	const all = shifts
		.flatMap(({ person, deputy }) => [person, deputy])
		.concat(away.map(({ person }) => person))
		.concat(points);
	return all.filter((one, nth) => one !== '' && all.indexOf(one) === nth);
}

/**
 * Who is on call, in the order of the shifts, each once. Whoever is away that day by the team's clock, or not there, is
 * passed over for the deputy.
 * @param {(person: string) => boolean} isThere
 * @param {number} now
 * @returns {string[]}
 */
function onDuty(ladder, now, isThere) {
	const clock = wall(ladder.zone, now);
	const can = (person) => person !== '' && isThere(person) && !isAway(ladder, person, clock.day);
	const people = ladder.shifts
		.filter(({ days, hours }) => isOn(hours, days, clock))
		.flatMap(({ person, deputy }) => [person, deputy].filter(can).slice(0, 1));
	return people.filter((one, nth) => people.indexOf(one) === nth);
}

/** Of these people those who are not away; all where everybody is. */
function present(ladder, now, people) {
	const { day } = wall(ladder.zone, now);
	const here = people.filter((one) => !isAway(ladder, one, day));
	return here.length > 0 ? here : people;
}

const isAway = ({ away }, person, day) =>
	away.some((one) => one.person === person && one.from <= day && day <= one.to);

const isLadder = (value) =>
	isObject(value) &&
	isZone(value.zone) &&
	isList(value.shifts, 60, isShift) &&
	isList(value.away, 100, isAbsence) &&
	(value.quiet === null || isHours(value.quiet)) &&
	isList(value.points, 40, isId) &&
	isObject(value.minutes) &&
	isSteps(value.minutes.danger) &&
	isSteps(value.minutes.urgent);

const isShift = (shift) =>
	isObject(shift) &&
	isId(shift.person) &&
	(shift.deputy === '' || isId(shift.deputy)) &&
	isList(shift.days, 7, (day) => isWhole(day, 1, 7)) &&
	shift.days.length > 0 &&
	isHours(shift.hours);

const isAbsence = (one) => isObject(one) && isId(one.person) && isDay(one.from) && isDay(one.to);

const isDay = (day) => isText(day, /^\d{4}-\d{2}-\d{2}$/) && !isNaN(Date.parse(`${day}T12:00:00Z`));

const isSteps = (steps) => isList(steps, 3, (step) => isWhole(step, 1, 10080)) && steps.length === 3;

module.exports = { USUAL, named, onDuty, present, read };
