/**
 * Writes down what was done, inside the transaction that does it. Never content, never a name.
 * @param {core.App} app
 * @param {{team: string, by: string, what: string, about: string}} deed `by` is '' where time or nobody known did it
 */
function note(app, deed) {
	const record = new Record(app.findCollectionByNameOrId('audit'));
	record.load(deed);
	app.save(record);
}

/**
 * Remembers on a record who asks for its change. It is no field: nothing keeps it, hooks of the same save read it.
 * @param {core.Record} record
 * @param {string} id of a person, or ''
 */
function nameActor(record, id) {
	record.set(ACTOR, id);
}

/** @param {core.Record} record */
const actor = (record) => record.getString(ACTOR);

const ACTOR = 'heedActor';

module.exports = { actor, nameActor, note };
