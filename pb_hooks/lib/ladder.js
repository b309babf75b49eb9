/**
 * Climbs: for a case that must not wait one row in `ladders`, and in it what was climbed and when it goes on. Nothing is held
 * in memory. docs/notices.md says who stands on which rung.
 */
const { ACTIVE } = require(`${__hooks}/lib/access.js`);
const { id } = require(`${__hooks}/lib/chance.js`);
const { afterQuiet } = require(`${__hooks}/lib/hours.js`);
const { CASE_HOLDERS, reached, tell } = require(`${__hooks}/lib/notices.js`);
const rota = require(`${__hooks}/lib/rota.js`);
const { ask, list, run } = require(`${__hooks}/lib/sql.js`);
const { at, now } = require(`${__hooks}/lib/time.js`);

const RUNGS = ['duty', 'points', 'lead', 'above'];
/** Where all were told and nobody has it they are told once more, later and later; so many times are kept. */
const AGAIN = 'again';
const AGAINS = 10;
const MINUTE = 60 * 1000;
const DAY = 24 * 60 * MINUTE;
/** Phases in which nobody waits for an answer any more. */
const OVER = ['redirected', 'closed', 'evaluated'];

/**
 * The first rung, in the transaction that keeps the alert.
 * @param {core.App} app
 * @param {{case: string, team: string, urgency: string}} about
 */
function begin(app, about) {
	const ladder = new Record(app.findCollectionByNameOrId('ladders'));
	ladder.load(Object.assign({ id: id(), steps: [], next: '', had: '', by: '', over: '', above: '' }, about));
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

/** Tells the next rung on which somebody can be reached. Whom nothing reaches the app tells, and nobody waits for them. */
function climb(app, ladder) {
	const [team, urgency] = [ladder.getString('team'), ladder.getString('urgency')];
	const { quiet, zone, minutes } = settingsOf(app, team);
	const moment = Date.now();
	const begins = urgency === 'urgent' ? afterQuiet(quiet, zone, moment) : moment;
	if (begins > moment) return ladder.set('next', at(begins));

	const waits = minutes[urgency];
	const steps = JSON.parse(ladder.getString('steps'));
	let wait = 0;
	while (wait === 0) {
		const again = Math.max(0, steps.length - RUNGS.length + 1);
		const rung = RUNGS[steps.length] || AGAIN;
		const [told, missed] = tellRung(app, ladder, rung, moment);
		steps.push(Object.assign({ rung, at: at(moment), told }, missed > 0 ? { missed } : {}));
		if (steps.length >= RUNGS.length) wait = Math.min(waits[2] * MINUTE * Math.pow(2, again), DAY);
		else if (told > 0) wait = waits[steps.length - 1] * MINUTE;
	}
	if (steps.length > RUNGS.length + AGAINS) steps.splice(RUNGS.length, 1);
	ladder.set('steps', steps);
	ladder.set('next', at(moment + wait));
}

/**
 * Tells everybody on it.
 * @returns {number[]} how many were told, and how many nothing reaches
 */
function tellRung(app, ladder, rung, moment) {
	const [team, values] = [ladder.getString('team'), { case: ladder.getString('case') }];
	const [reporter] = list(app, 'SELECT reporter AS it FROM cases WHERE id = {:case}', values);
	const holders = list(app, CASE_HOLDERS.replace(/AS id/g, 'AS it'), values);
	const known = [reporter];
	const onIt = (of, rung) => onRung(app, rung, of, moment).filter((one) => !known.includes(one));
	let told = 0;
	const inform = (kind, of, people) => {
		const about = { kind, tag: `ladder-${ladder.id}`, team: of, ladder: ladder.id };
		const mayOpen = (one) => holders.includes(one);
		tell(app, Object.assign({}, about, values), people.filter(mayOpen));
		const closed = Object.assign({}, about, { kind: kind === 'above' ? 'above' : 'call' });
		tell(
			app,
			closed,
			people.filter((one) => !mayOpen(one))
		);
		told += reached(app, people).length;
		known.push.apply(known, people);
	};

	if (rung !== 'above') inform(ladder.getString('urgency'), team, onIt(team, rung));
	if (rung === 'above' || rung === AGAIN) {
		const above = teamAbove(app, ladder, (of) => onIt(of, 'above'));
		if (above) {
			ladder.set('above', above.team);
			inform('above', above.team, above.people);
		}
	}
	return [told, known.length - 1 - told];
}

/**
 * Of the teams above the one that was told before, so that its word counts; or else the nearest in which somebody can be
 * reached, or in which there is anybody.
 */
function teamAbove(app, ladder, onIt) {
	const found = list(app, ABOVE, { team: ladder.getString('team') })
		.map((of) => ({ team: of, people: onIt(of) }))
		.filter(({ people }) => people.length > 0);
	const before = found.filter((one) => one.team === ladder.getString('above'));
	return before.concat(found.filter(({ people }) => reached(app, people).length > 0))[0] || found[0];
}

/** Who stands on it in that team. */
function onRung(app, rung, team, moment) {
	const settings = settingsOf(app, team);
	const members = membersOf(app, team);
	const ids = members.map(({ user }) => user);
	const duty = () => rota.onDuty(settings, moment, (one) => ids.includes(one));
	const points = () => rota.present(settings, moment, pointsOf(settings, members));
	const lead = () => rota.present(settings, moment, withRole(members, ['coordinator']));
	if (rung === 'duty') return duty();
	if (rung === 'points') return points();
	if (rung === 'lead') return lead();
	if (rung === AGAIN) return each(duty().concat(points(), lead()));
	const first = duty();
	return first.length > 0 ? first : points();
}

/** Contact points by name, and where nobody is named or has stayed, by role; where there is none of these, whoever works there. */
function pointsOf({ points }, members) {
	const named = points.filter((one) => members.some(({ user }) => user === one));
	const byRole = withRole(members, ['police', 'coordinator']);
	return [named, byRole, withRole(members, ['expert'])].filter((some) => some.length > 0)[0] || [];
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
	return each(members.map(({ user }) => user).filter((one) => asked.includes(one)));
}

/** The same of all teams. */
const allPressed = (app) => list(app, 'SELECT id AS it FROM teams', {}).flatMap((team) => pressed(app, team));

/** Whether a rung of a team could name this person. */
const isPressed = (app, user) =>
	list(app, `SELECT DISTINCT team AS it FROM memberships WHERE user = {:user} AND ${ACTIVE}`, { user }).some(
		(team) => pressed(app, team).includes(user)
	);

/**
 * Nobody else is told.
 * @param {core.App} app
 * @param {string} ladder
 * @param {string} by who has it, or '' where the case is over
 */
function end(app, ladder, by) {
	const record = app.findRecordById('ladders', ladder);
	if (record.getString('had') !== '' || record.getString('over') !== '') return;
	record.load(Object.assign({ next: '' }, by === '' ? { over: now() } : { had: now(), by }));
	app.save(record);
	run(app, "UPDATE notices SET state = 'late', why = 'had' WHERE ladder = {:ladder} AND state = 'waiting'", {
		ladder
	});
}

/**
 * 'I have it', said by somebody who works in one of the teams, or, of their other members, by whom the ladder has reached or who
 * holds a key of the case. Whoever asked for advice is none of these last.
 * @param {core.App} app
 * @returns {boolean} whether this person has it now
 */
function have(app, ladder, me) {
	let has = false;
	app.runInTransaction((tx) => {
		if (list(tx, MAY_HAVE, { ladder, me }).length === 0) return;
		end(tx, ladder, me);
		has = tx.findRecordById('ladders', ladder).getString('by') === me;
	});
	return has;
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
	SELECT id AS it FROM ladders WHERE "case" = {:case} AND had = '' AND "over" = '' AND EXISTS (
		SELECT 1 FROM memberships
		WHERE user = {:by} AND team IN (ladders.team, ladders.above) AND ${ACTIVE}
	)`;
const MAY_HAVE = `
	SELECT ladders.id AS it FROM ladders
	JOIN memberships ON memberships.user = {:me} AND memberships.team IN (ladders.team, ladders.above)
	WHERE ladders.id = {:ladder} AND ${ACTIVE} AND (
		memberships.role IN ('expert', 'coordinator')
		OR EXISTS (SELECT 1 FROM notices WHERE notices.user = {:me} AND notices.ladder = ladders.id)
		OR {:me} != (SELECT reporter FROM cases WHERE cases.id = ladders."case") AND {:me} IN (${CASE_HOLDERS.replace('{:case}', 'ladders."case"').replace('{:case}', 'ladders."case"')})
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
	each(members.filter(({ role }) => roles.includes(role)).map(({ user }) => user));

/** Each once. */
const each = (people) => people.filter((one, nth) => people.indexOf(one) === nth);

/** What cannot be read is as if nothing were set: then at least the contact points are told. */
function settingsOf(app, team) {
	const [text] = list(app, "SELECT COALESCE(ladder, '') AS it FROM teams WHERE id = {:team}", { team });
	return rota.read(text || '') || rota.USUAL;
}

module.exports = { allPressed, areMembers, begin, climbAll, end, have, isPressed, moved, pressed, taken };
