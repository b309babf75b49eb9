/** A person's address for e-mails. It counts when somebody has opened the letter that was sent there. */
const chance = require(`${__hooks}/lib/chance.js`);
const { tellOne } = require(`${__hooks}/lib/notices.js`);
const { isText } = require(`${__hooks}/lib/shape.js`);
const { ask, list, run } = require(`${__hooks}/lib/sql.js`);
const { at, now } = require(`${__hooks}/lib/time.js`);

const DAY = 24 * 60 * 60 * 1000;
/** A day, for one person, and for one address by whomever. */
const EACH = 5;

const LOCAL = /^[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*$/;
/** Without a flag for capitals: by that some signs that are no letters of these pass here for a k and an s. */
const DOMAIN = /^([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]{0,61}[A-Za-z0-9]$/;

/**
 * One mailbox, and nothing that a mail server might read as more; '' for none. The courier (src/courier/address.ts) writes to
 * each of these. A domain in other letters than these, `xn--` or not, is none here: nothing on this side can read it.
 */
const isAddress = (value) => {
	if (value === '') return true;
	if (typeof value !== 'string' || value.length > 254) return false;
	const at = value.lastIndexOf('@');
	const [local, domain] = [value.slice(0, Math.max(at, 0)), value.slice(at + 1)];
	return local.length <= 64 && LOCAL.test(local) && DOMAIN.test(domain) && !/(^|\.)[Xx][Nn]--/.test(domain);
};

/**
 * Takes an address and has a letter sent there, or takes it away. One that letters go to stays as it is.
 * @param {core.App} app
 * @param {string} me
 * @param {string} address
 * @returns {boolean} false where that was done too often
 */
function set(app, me, address) {
	let done = true;
	app.runInTransaction((tx) => {
		const [old] = ask(
			tx,
			'SELECT address, confirmed, trouble FROM wishes WHERE user = {:me}',
			{ me },
			{ address: '', confirmed: '', trouble: '' }
		);
		const isGood = old && old.confirmed !== '' && old.trouble === '';
		if (old ? old.address === address && (address === '' || isGood) : address === '') return;
		const code = address === '' ? '' : chance.token();
		if (code !== '') {
			const before = at(Date.now() - DAY);
			done =
				list(tx, TRIES, { me, before }).length < EACH &&
				list(tx, OTHERS, { me, address, before }).length < EACH;
			if (!done) return;
		}
		run(tx, NO_MORE, { me });
		run(tx, PUT, { id: chance.id(), me, address, code });
		if (code !== '')
			tellOne(tx, { kind: 'confirm', tag: `confirm-${me}` }, { user: me, device: '', token: code });
	});
	return done;
}

/**
 * Somebody has opened the letter.
 * @param {core.App} app
 * @param {unknown} code
 * @returns {boolean} whether it was one
 */
function confirm(app, code) {
	if (!isText(code, /^[a-z0-9]{32}$/)) return false;
	// Whoever only guesses keeps nobody from writing.
	if (list(app, 'SELECT id AS it FROM wishes WHERE code = {:code}', { code }).length === 0) return false;
	let done = false;
	app.runInTransaction((tx) => {
		done =
			list(tx, "UPDATE wishes SET confirmed = {:now}, code = '' WHERE code = {:code} RETURNING id AS it", {
				code,
				now: now()
			}).length > 0;
	});
	return done;
}

const TRIES = "SELECT id AS it FROM notices WHERE user = {:me} AND kind = 'confirm' AND created > {:before}";
/** Whoever asked for a letter there that nobody has opened, within the day: its owner is not locked out by others for longer. */
const OTHERS = `
	SELECT id AS it FROM wishes
	WHERE user != {:me} AND confirmed = '' AND lower(address) = lower({:address}) AND EXISTS (
		SELECT 1 FROM notices WHERE notices.user = wishes.user AND kind = 'confirm' AND created > {:before})`;
/** What waits to be written is written to no other address. */
const NO_MORE = "UPDATE notices SET state = 'gone' WHERE user = {:me} AND device = '' AND state = 'waiting'";
const PUT = `
	INSERT INTO wishes (id, user, wishes, address, confirmed, code) VALUES ({:id}, {:me}, NULL, {:address}, '', {:code})
	ON CONFLICT (user) DO UPDATE SET address = excluded.address, confirmed = '', code = excluded.code, trouble = ''`;

module.exports = { confirm, isAddress, set };
