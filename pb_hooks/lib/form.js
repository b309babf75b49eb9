/** `FORM_MAX` and the other measures of src/lib/domain/form.ts. */
const MAX = { form: 60000, word: 120, text: 1000, own: 20, hidden: 60 };

const KEY = /^[a-z][a-z0-9_]{0,39}$/;
const OWN = /^own_[a-z0-9]{1,24}$/;
const DIGITS = /^[0-9]{0,6}$/;

/**
 * Whether a text is JSON of what a team has made of the alert's form: `TeamForm` in src/lib/domain/form.ts. What only a newer
 * app knows is let through.
 * @param {string} text
 * @returns {boolean}
 */
function isForm(text) {
	let form;
	try {
		form = JSON.parse(text);
	} catch {
		return false;
	}
	if (!isObject(form) || JSON.stringify(form).length > MAX.form) return false;
	const { main, lists, duties, first, emergency, similar, ask } = form;
	return (
		isAbsentOr(main, (locale) => typeof locale === 'string' && KEY.test(locale)) &&
		isAbsentOr(lists, (all) => isRecord(all, isChange)) &&
		isAbsentOr(duties, isText) &&
		isAbsentOr(first, isText) &&
		isAbsentOr(emergency, (digits) => typeof digits === 'string' && DIGITS.test(digits)) &&
		isAbsentOr(similar, (one) => ['close', 'usual', 'wide'].includes(one)) &&
		isAbsentOr(ask, (one) => typeof one === 'boolean')
	);
}

const isChange = (change) =>
	isObject(change) &&
	isAbsentOr(change.hidden, (keys) => isList(keys, MAX.hidden, (key) => KEY.test(key))) &&
	isAbsentOr(change.own, (keys) => isList(keys, MAX.own, (key) => OWN.test(key) && key !== 'own_safety')) &&
	isAbsentOr(change.words, (words) => isRecord(words, isWord));

const isWord = (word) => byLanguage(word, MAX.word);
const isText = (text) => byLanguage(text, MAX.text);

const byLanguage = (said, max) => isRecord(said, (one) => typeof one === 'string' && lengthOf(one) <= max);

const isRecord = (value, isRight) =>
	isObject(value) && Object.keys(value).every((key) => KEY.test(key) && isRight(value[key]));

const isList = (value, max, isRight) =>
	Array.isArray(value) &&
	value.length <= max &&
	value.every((one) => typeof one === 'string' && isRight(one));

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

const isAbsentOr = (value, isRight) => value === undefined || isRight(value);

/** As the app counts: code points. */
const lengthOf = (text) => Array.from(text).length;

module.exports = { isForm };
