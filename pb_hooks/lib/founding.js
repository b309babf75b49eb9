/** @param {unknown} code */
function isRightCode(code) {
	const right = $os.getenv('HEED_FOUNDING_CODE');
	return right !== '' && typeof code === 'string' && $security.equal(code, right);
}

/**
 * All of it or nothing. `body` is `Founding` in src/lib/domain/records.ts; the collections check its fields.
 * @param {core.App} app
 */
function found(app, body) {
	const { account, agency, area, team, recovery } = body;
	const circles = Array.isArray(body.circles) ? body.circles : [];
	const links = Array.isArray(body.roll) ? body.roll : [];
	const names = circles.map((circle) => circle.name);
	if (!account || !agency || !area || !team || !recovery) throw new BadRequestError('Something is missing.');
	if (!names.includes('members')) throw new BadRequestError('A team needs its circle of members.');
	if (
		names.some(
			(name, at) => names.indexOf(name) !== at || !['members', 'police', 'coordinators'].includes(name)
		)
	) {
		throw new BadRequestError('Each circle once.');
	}
	if (account.kind !== 'named') throw new BadRequestError('Whoever founds has a name.');
	if (links.length === 0) throw new BadRequestError('A team needs the beginning of its roll.');
	if (typeof recovery.ticket !== 'string' || recovery.ticket === '')
		throw new BadRequestError('The printed recovery key needs its ticket.');

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
			kind: account.kind,
			recipient: account.recipient,
			verifier: account.verifier,
			proof: account.proof,
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
			coded: true,
			idle: {},
			form: {},
			invite: team.invite,
			ticket: recovery.ticket
		});
		save('agencies', { id: agency.id, team: team.id, name: agency.name, sector: agency.sector });
		save('memberships', {
			id: body.membership,
			team: team.id,
			user: account.id,
			agency: agency.id,
			role: 'coordinator'
		});
		const made = { team: team.id, maker: account.id };
		save('keys', {
			...made,
			id: recovery.id,
			name: 'recovery',
			recipient: recovery.recipient,
			proof: recovery.proof
		});
		for (const { id, name, recipient, proof, grant, spare } of circles) {
			save('keys', { ...made, id, name, recipient, proof });
			const given = { key: id, giver: account.id };
			save('grants', { ...given, ...sealing(grant), user: account.id });
			save('grants', { ...given, ...sealing(spare), via: recovery.id });
		}
		links.forEach((link, at) => {
			const { text, proof } = link || {};
			save('roll', {
				id: $security.randomStringWithAlphabet(15, 'abcdefghijklmnopqrstuvwxyz0123456789'),
				team: team.id,
				seq: at + 1,
				text,
				proof,
				by: account.id
			});
		});
	});
}

const sealing = (grant) => {
	const { id, sealed, digest, proof } = grant || {};
	return { id, sealed, digest, proof };
};

module.exports = { isRightCode, found };
