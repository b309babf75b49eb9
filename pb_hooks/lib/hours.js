/**
 * What clocks on walls say. `Hours` and `Zone` are those of src/lib/domain/notice.ts; from a time to the same one is a whole
 * day where somebody is on call, and no time where it is to be quiet.
 */
const { isObject, isText } = require(`${__hooks}/lib/shape.js`);
const { at } = require(`${__hooks}/lib/time.js`);

const MINUTE = 60 * 1000;
const DAY_MINUTES = 24 * 60;
const HOUR = /^([01]\d|2[0-3]):[0-5]\d$/;
const ZONE = /^[A-Za-z_+-]{1,30}(\/[A-Za-z_+-]{1,30}){0,2}$/;

const isHours = (value) => isObject(value) && isText(value.from, HOUR) && isText(value.to, HOUR);

/** PocketBase takes a zone it does not know for UTC. */
const isZone = (value) => isText(value, ZONE) && new Timezone(value).string() === value;

/**
 * @param {string} zone
 * @param {number} ms
 * @returns {{day: string, weekday: number, minute: number}} `weekday`: 1 is Monday
 */
function wall(zone, ms) {
	const [day, time] = new DateTime(at(ms))
		.time()
		.in(new Timezone(zone))
		.format('2006-01-02 15:04')
		.split(' ');
	return { day, weekday: new Date(`${day}T00:00:00Z`).getUTCDay() || 7, minute: minuteOf(time) };
}

/**
 * Whether somebody on call in these hours is so now, by the days on which they begin.
 * @param {{from: string, to: string}} hours
 * @param {number[]} days
 */
function isOn({ from, to }, days, { weekday, minute }) {
	const [start, end] = [minuteOf(from), minuteOf(to)];
	if (start < end) return days.includes(weekday) && start <= minute && minute < end;
	const before = weekday === 1 ? 7 : weekday - 1;
	return (days.includes(weekday) && minute >= start) || (days.includes(before) && minute < end);
}

/**
 * The moment (ms) from which it is quiet no longer: now, or when the hours are over.
 * @param {{from: string, to: string} | null} quiet
 * @param {string} zone
 * @param {number} now
 */
function afterQuiet(quiet, zone, now) {
	if (quiet === null || quiet.from === quiet.to) return now;
	return isOn(quiet, [1, 2, 3, 4, 5, 6, 7], wall(zone, now)) ? nextAt(quiet.to, zone, now) : now;
}

/** When it is that time of the day there for the next time, as ms. */
function nextAt(hour, zone, now) {
	const minutes = minuteOf(hour);
	const ahead = minutes - wall(zone, now).minute;
	const then = Math.floor(now / MINUTE) * MINUTE + (ahead > 0 ? ahead : ahead + DAY_MINUTES) * MINUTE;
	// Clocks may change in between. Where they leave out this very time, it is when they would have shown it.
	const off = wall(zone, then).minute - minutes;
	const turned = then - (Math.abs(off) > DAY_MINUTES / 2 ? off - Math.sign(off) * DAY_MINUTES : off) * MINUTE;
	return wall(zone, turned).minute === minutes ? turned : then;
}

const minuteOf = (hour) => Number(hour.slice(0, 2)) * 60 + Number(hour.slice(3));

module.exports = { afterQuiet, isHours, isOn, isZone, nextAt, wall };
