/**
 * Climbs: for a case that must not wait one row in `ladders`, and in it what was climbed and when it goes on. Nothing is held
 * in memory. docs/notices.md says who stands on which rung.
 */
const { ACTIVE } = require(`${__hooks}/lib/access.js`);
const { id } = require(`${__hooks}/lib/chance.js`);
const { afterQuiet } = require(`${__hooks}/lib/hours.js`);
const { CASE_HOLDERS, tell } = require(`${__hooks}/lib/notices.js`);
const rota = require(`${__hooks}/lib/rota.js`);
const { ask, list, run } = require(`${__hooks}/lib/sql.js`);
const { at, now } = require(`${__hooks}/lib/time.js`);

const RUNGS = ['duty', 'points', 'lead', 'above'];
/** Phases in which nobody waits for an answer any more. */
const OVER = ['redirected', 'closed', 'evaluated'];

/**
 * The first rung, in the transaction that keeps the alert.
 * @param {core.App} app
 * @param {{case: string, team: string, urgency: string}} about
 */
function begin(app, about) {
	const ladder = new Record(app.findCollectionByNameOrId('ladders'));
	ladder.load(Object.assign({ id: id(), steps: [], next: '', had: '', by: '', above: '' }, about));
	climb(app, ladder);
	app.save(ladder);
}

/**
 * What is due, each for itself.
 * @param {core.App} app
 */
function climbAll(app) {
	for (const due of list(app, DUE, { now: now() })) {
		try {
			app.runInTransaction((tx) => {
				const ladder = tx.findRecordById('ladders', due);
				// Asked again inside: somebody may have said 'I have it' in between.
				const next = ladder.getString('next');
				if (next === '' || next > now()) return;
				climb(tx, ladder);
				tx.save(ladder);
			});
		} catch (error) {
			console.error('A ladder could not be climbed:', error);
		}
	}
}

/** Tells the next rung on which there is anybody. */
function climb(app, ladder) {
	const [team, urgency] = [ladder.getString('team'), ladder.getString('urgency')];
	const settings = settingsOf(app, team);
	const moment = Date.now();
	const quiet = urgency === 'urgent' ? afterQuiet(settings.quiet, settings.zone, moment) : moment;
	if (quiet > moment) return ladder.set('next', at(quiet));

	const steps = JSON.parse(ladder.getString('steps'));
	const values = { case: ladder.getString('case') };
	const reporter = list(app, 'SELECT reporter AS it FROM cases WHERE id = {:case}', values)[0];
	let next = '';
	for (let told = 0; told === 0 && steps.length < RUNGS.length;) {
		const rung = RUNGS[steps.length];
		const onIt = (one) => onRung(app, rung, one, moment).filter((person) => person !== reporter);
		// Of the teams above the nearest in which there is anybody.
		const asked = rung === 'above' ? teamsAbove(app, team).find((one) => onIt(one).length > 0) : team;
		const people = asked === undefined ? [] : onIt(asked);
		told = people.length;
		steps.push({ rung, at: at(moment), told });
		if (told === 0) continue;
		if (rung === 'above') ladder.set('above', asked);
		else next = at(moment + settings.minutes[urgency][steps.length - 1] * 60 * 1000);
		const holders = list(app, CASE_HOLDERS.replace(/AS id/g, 'AS it'), values);
		const about = { tag: `ladder-${ladder.id}`, team: asked, ladder: ladder.id };
		const kind = rung === 'above' ? 'above' : urgency;
		const mayOpen = (one) => holders.includes(one);
		const closed = { kind: rung === 'above' ? 'above' : 'call', case: '' };
		tell(app, Object.assign({ kind }, about, values), people.filter(mayOpen));
		tell(
			app,
			Object.assign(closed, about),
			people.filter((one) => !mayOpen(one))
		);
	}
	ladder.set('steps', steps);
	ladder.set('next', next);
}

/** Who stands on it in that team. */
function onRung(app, rung, team, moment) {
	const settings = settingsOf(app, team);
	const members = membersOf(app, team);
	const ids = members.map(({ user }) => user);
	const duty = () => rota.onDuty(settings, moment, (one) => ids.includes(one));
	const points = () => rota.present(settings, moment, pointsOf(settings, members));
	if (rung === 'duty') return duty();
	if (rung === 'points') return points();
	if (rung === 'lead') return rota.present(settings, moment, withRole(members, ['coordinator']));
	const first = duty();
	return first.length > 0 ? first : points();
}

/** Contact points by name, and where nobody is named or has stayed, by role. */
function pointsOf({ points }, members) {
	const named = points.filter((one) => members.some(({ user }) => user === one));
	return named.length > 0 ? named : withRole(members, ['police', 'coordinator']);
}

/**
 * Everybody whom a rung of that team could name: these have to hear.
 * @param {core.App} app
 * @returns {string[]}
 */
function pressed(app, team) {
	const settings = settingsOf(app, team);
	const members = membersOf(app, team);
	const shifts = settings.shifts.flatMap(({ person, deputy }) => [person, deputy]);
	const asked = pointsOf(settings, members).concat(withRole(members, ['coordinator']), shifts);
	return members
		.map(({ user }) => user)
		.filter((one, nth, all) => asked.includes(one) && all.indexOf(one) === nth);
}

/** The same of all teams. */
const allPressed = (app) => list(app, 'SELECT id AS it FROM teams', {}).flatMap((team) => pressed(app, team));

/** Whether a rung of a team could name this person. */
const isPressed = (app, user) =>
	list(app, `SELECT DISTINCT team AS it FROM memberships WHERE user = {:user} AND ${ACTIVE}`, { user }).some(
		(team) => pressed(app, team).includes(user)
	);

/**
 * Somebody has it: nobody else is told.
 * @param {core.App} app
 * @param {string} ladder
 * @param {string} by a person, or '' where the case is over
 */
function end(app, ladder, by) {
	const record = app.findRecordById('ladders', ladder);
	if (record.getString('had') !== '') return;
	record.load({ had: now(), by, next: '' });
	app.save(record);
	run(app, "UPDATE notices SET state = 'late', why = 'had' WHERE ladder = {:ladder} AND state = 'waiting'", {
		ladder
	});
}

/**
 * 'I have it', said by somebody whom the ladder has reached, who works in one of the teams, or who holds a key of the case there.
 * @param {core.App} app
 * @returns {boolean} whether it is this person's to say
 */
function have(app, ladder, me) {
	let may = false;
	app.runInTransaction((tx) => {
		may = list(tx, MAY_HAVE, { ladder, me }).length > 0;
		if (may) end(tx, ladder, me);
	});
	return may;
}

/** The case was taken, or given to somebody, by one of the team or of the one above. */
function taken(app, kase, by) {
	for (const ladder of list(app, TAKEN, { case: kase, by })) end(app, ladder, by);
}

/**
 * The case was moved: where that ends it nobody is told any more.
 * @param {core.App} app
 * @param {core.Record} kase
 */
function moved(app, kase) {
	const phase = kase.getString('phase');
	if (!OVER.includes(phase) || phase === kase.original().getString('phase')) return;
	for (const ladder of list(app, 'SELECT id AS it FROM ladders WHERE "case" = {:case}', { case: kase.id }))
		end(app, ladder, '');
}

const DUE = "SELECT id AS it FROM ladders WHERE next != '' AND next <= {:now} ORDER BY next";
const TAKEN = `
	SELECT id AS it FROM ladders WHERE "case" = {:case} AND had = '' AND EXISTS (
		SELECT 1 FROM memberships
		WHERE user = {:by} AND team IN (ladders.team, ladders.above) AND ${ACTIVE}
	)`;
const MAY_HAVE = `
	SELECT ladders.id AS it FROM ladders
	JOIN memberships ON memberships.user = {:me} AND memberships.team IN (ladders.team, ladders.above)
	WHERE ladders.id = {:ladder} AND ${ACTIVE} AND (
		memberships.role IN ('expert', 'coordinator')
		OR EXISTS (SELECT 1 FROM notices WHERE notices.user = {:me} AND notices.ladder = ladders.id)
		OR {:me} IN (${CASE_HOLDERS.replace('{:case}', 'ladders."case"').replace('{:case}', 'ladders."case"')})
	)`;
/** Teams of the areas above, the nearest first. */
const ABOVE = `
	WITH RECURSIVE up (area, far) AS (
		SELECT areas.parent, 1 FROM areas JOIN teams ON teams.area = areas.id WHERE teams.id = {:team}
		UNION ALL
		SELECT areas.parent, far + 1 FROM up JOIN areas ON areas.id = up.area WHERE far < 10
	)
	SELECT teams.id AS it FROM up JOIN teams ON teams.area = up.area
	WHERE up.area != '' AND teams.id != {:team} ORDER BY far, teams.rev`;

const teamsAbove = (app, team) => list(app, ABOVE, { team });

const membersOf = (app, team) =>
	ask(
		app,
		`SELECT user, role FROM memberships WHERE team = {:team} AND ${ACTIVE}`,
		{ team },
		{
			user: '',
			role: ''
		}
	);

/** Whether all of these are in the team. */
const areMembers = (app, team, people) => {
	const members = membersOf(app, team).map(({ user }) => user);
	return people.every((one) => members.includes(one));
};

const withRole = (members, roles) =>
	members
		.filter(({ role }) => roles.includes(role))
		.map(({ user }) => user)
		.filter((one, nth, all) => all.indexOf(one) === nth);

/** What cannot be read is as if nothing were set: then at least the contact points are told. */
function settingsOf(app, team) {
	const [text] = list(app, "SELECT COALESCE(ladder, '') AS it FROM teams WHERE id = {:team}", { team });
	return rota.read(text || '') || rota.USUAL;
}

module.exports = { allPressed, areMembers, begin, climbAll, end, have, isPressed, moved, pressed, taken };
