/** `KNOWS_MAX` and the other measures of src/lib/domain/expertise.ts. */
const MAX = { knows: 4000, list: 60 };

const KEY = /^[a-z][a-z0-9_]{0,39}$/;

/**
 * Whether a text is JSON of what a member knows well: `Knows` in src/lib/domain/expertise.ts. Keys of lists, and nothing that
 * could be a sentence; what only a newer app knows is let through.
 * @param {string} text
 * @returns {boolean}
 */
function isKnows(text) {
	let knows;
	try {
		knows = JSON.parse(text);
	} catch {
		return false;
	}
	return (
		typeof knows === 'object' &&
		knows !== null &&
		!Array.isArray(knows) &&
		JSON.stringify(knows).length <= MAX.knows &&
		Object.keys(knows).every((list) => KEY.test(list) && isList(knows[list]))
	);
}

const isList = (keys) =>
	Array.isArray(keys) &&
	keys.length <= MAX.list &&
	keys.every((key) => typeof key === 'string' && KEY.test(key));

module.exports = { isKnows };
