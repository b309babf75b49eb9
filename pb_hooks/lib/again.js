/**
 * Throws what a device knows as "it is there already", where another unique index might have refused the row first and
 * with fewer words.
 * @param {core.App} app
 * @param {core.Record} record that is about to be inserted
 */
function refuseAgain(app, record) {
	if (app.countRecords(record.collection().name, $dbx.hashExp({ id: record.id })) === 0) return;

	throw new BadRequestError('This is there already.', {
		id: new ValidationError('validation_not_unique', 'Value must be unique.')
	});
}

module.exports = { refuseAgain };
