const { together } = require(`${__hooks}/lib/together.js`);

/**
 * Gives the record the next rev and goes on. Unique and gapless: a write that fails gives its rev back.
 * @param {core.RecordEvent} e
 */
function stamp(e) {
	together(e, (app) => {
		const next = new DynamicModel({ n: 0 });
		app.db().newQuery("UPDATE counters SET n = n + 1 WHERE name = 'rev' RETURNING n").one(next);
		e.record.set('rev', next.n);
		e.next();
	});
}

module.exports = { stamp };
