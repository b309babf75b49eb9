/** Whether what somebody sent has a shape, as zod asks it of the app. */
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

const isText = (value, pattern) => typeof value === 'string' && pattern.test(value);

const isId = (value) => isText(value, /^[a-z0-9]{15}$/);

const isList = (value, most, isRight) =>
	Array.isArray(value) && value.length <= most && value.every((one) => isRight(one));

const isWhole = (value, from, to) => Number.isSafeInteger(value) && value >= from && value <= to;

module.exports = { isId, isList, isObject, isText, isWhole };
