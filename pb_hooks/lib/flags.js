/**
 * The value PocketBase was started with for `--name value` or `--name=value`, or ''.
 * @param {string} name
 * @returns {string}
 */
function flag(name) {
	for (let at = 0; at < $os.args.length; at++) {
		if ($os.args[at] === `--${name}`) return $os.args[at + 1] || '';
		if ($os.args[at].startsWith(`--${name}=`)) return $os.args[at].slice(name.length + 3);
	}
	return '';
}

module.exports = { flag };
