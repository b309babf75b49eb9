/** Shortest and longest, in UTF-16 units, as src/lib/domain/records.ts counts. */
const LENGTHS = {
	login: [3, 60],
	name: [1, 120],
	place: [0, 120]
};

/** @param {core.RecordEvent} e */
function check(e) {
	const errors = {};
	for (const field in LENGTHS) {
		if (!e.record.collection().fields.getByName(field)) continue;
		const [min, max] = LENGTHS[field];
		const length = e.record.getString(field).length;
		if (length < min) errors[field] = new ValidationError('validation_min_text_constraint', `Must be at least ${min} long.`);
		if (length > max) errors[field] = new ValidationError('validation_max_text_constraint', `Must be at most ${max} long.`);
	}
	if (Object.keys(errors).length > 0) throw new BadRequestError('A field is too short or too long.', errors);
	e.next();
}

module.exports = { check };
