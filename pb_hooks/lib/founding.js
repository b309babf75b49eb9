const WRONG_TRIES = 10;
const MINUTE = 60 * 1000;
const STORE_KEY = 'heedFoundingWrongTries';

/** @param {unknown} code */
function isRightCode(code) {
	const right = $os.getenv('HEED_FOUNDING_CODE');
	return right !== '' && typeof code === 'string' && $security.equal(code, right);
}

/** Counted for everybody together: whoever guesses may come from many addresses. */
function tooManyWrongTries(app) {
	return recent(app.store().get(STORE_KEY)).length >= WRONG_TRIES;
}

function noteWrongTry(app) {
	app.store().setFunc(STORE_KEY, (old) => recent(old).concat(String(Date.now())).join(' '));
}

/**
 * All of it or nothing. `body` is `Founding` in src/lib/domain/records.ts; the collections check its fields.
 * @param {core.App} app
 */
function found(app, body) {
	const { account, agency, area, team } = body;
	const circles = Array.isArray(body.circles) ? body.circles : [];
	const names = circles.map((circle) => circle.name);
	if (!account || !agency || !area || !team) throw new BadRequestError('Something is missing.');
	if (!names.includes('members')) throw new BadRequestError('A team needs its circle of members.');
	if (
		names.some(
			(name, at) => names.indexOf(name) !== at || !['members', 'police', 'coordinators'].includes(name)
		)
	) {
		throw new BadRequestError('Each circle once.');
	}

	app.runInTransaction((tx) => {
		// Asked again inside the transaction: of two who have the code one founds.
		if (require(`${__hooks}/lib/instance.js`).id(tx) !== '')
			throw new ApiError(409, 'Heed is already founded here.');
		const save = (collection, values) => {
			const record = new Record(tx.findCollectionByNameOrId(collection));
			record.load(values);
			try {
				tx.save(record);
			} catch (error) {
				throw new BadRequestError(`Could not be saved: ${collection}.`, error.value || error);
			}
		};

		save('instance', { id: body.instance });
		save('users', {
			id: account.id,
			login: account.login,
			name: account.name,
			locale: account.locale,
			recipient: account.recipient,
			wrapped: account.wrapped,
			password: account.auth
		});
		save('areas', { id: area.id, name: area.name, country: area.country });
		save('teams', {
			id: team.id,
			name: team.name,
			area: area.id,
			locale: team.locale,
			open: true,
			invite: team.invite
		});
		save('agencies', { id: agency.id, team: team.id, name: agency.name, sector: agency.sector });
		save('memberships', {
			id: body.membership,
			team: team.id,
			user: account.id,
			agency: agency.id,
			role: 'coordinator'
		});
		for (const circle of circles) {
			save('keys', {
				id: circle.id,
				team: team.id,
				name: circle.name,
				recipient: circle.recipient,
				maker: account.id
			});
			save('grants', {
				id: circle.grant && circle.grant.id,
				key: circle.id,
				user: account.id,
				sealed: circle.grant && circle.grant.sealed,
				giver: account.id
			});
		}
	});
}

const recent = (tries) =>
	String(tries || '')
		.split(' ')
		.filter((time) => time !== '' && Date.now() - Number(time) < MINUTE);

module.exports = { isRightCode, tooManyWrongTries, noteWrongTry, found };
