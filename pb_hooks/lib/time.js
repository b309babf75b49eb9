/** Now, as PocketBase writes times. */
const now = () => at(Date.now());

/** @param {number} ms since 1970 */
const at = (ms) => new Date(ms).toISOString().replace('T', ' ');

/** @param {string} written as PocketBase writes times */
const read = (written) => Date.parse(written.replace(' ', 'T'));

module.exports = { at, now, read };
