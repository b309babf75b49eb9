// @ts-check
/**
 * The one script that must parse on an old Node: syntax of 2019, nothing imported.
 * Every entry file goes through it before it loads the rest.
 */

const MAJOR = 20;
const MINOR = 19;

/**
 * One sentence when this Node is too old, else ''.
 * @param {string} version as process.version writes it
 */
export function tooOld(version) {
	const parts = version.replace(/^v/, '').split('.').map(Number);
	const major = parts[0] || 0;
	const enough = major > MAJOR || (major === MAJOR && (parts[1] || 0) >= MINOR);
	if (enough) return '';
	return `Heed needs Node ${MAJOR}.${MINOR} or newer and this is ${version}: install a newer one from https://nodejs.org and try again.`;
}

/**
 * Runs an entry. A Fault ends it with its sentence and exit code 1; anything else is a bug and shows its stack.
 * @param {() => Promise<unknown>} entry imports what it needs, so that an old Node never sees it
 */
export function run(entry) {
	const sentence = tooOld(process.version);
	if (sentence) {
		console.error(sentence);
		process.exitCode = 1;
		return;
	}
	entry().catch((error) => {
		console.error(error && error.name === 'Fault' ? error.message : error);
		process.exitCode = 1;
	});
}
