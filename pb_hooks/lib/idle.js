/**
 * Whether a text is JSON of minutes by role: `{"police": 5}`.
 * @param {string} text
 * @returns {boolean}
 */
function isIdle(text) {
	let idle;
	try {
		idle = JSON.parse(text);
	} catch {
		return false;
	}
	if (typeof idle !== 'object' || idle === null || Array.isArray(idle)) return false;
	return Object.keys(idle).every((role) => isMinutes(idle[role]));
}

const isMinutes = (value) => Number.isInteger(value) && value >= 1 && value <= 60;

module.exports = { isIdle };
