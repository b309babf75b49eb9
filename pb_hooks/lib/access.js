/** SQL that says what a person may know; `{:me}` is that person. The rules in pb_migrations are the second wall. */

/** Of a membership: it has not ended, and its last moment has not passed. */
const ACTIVE = "ended = '' AND (until = '' OR until > strftime('%Y-%m-%d %H:%M:%fZ', 'now'))";

/** Of a membership: its last moment has passed, and nobody has ended it yet. `{:now}` is as PocketBase writes times. */
const EXPIRED = "ended = '' AND until != '' AND until <= {:now}";

/** Keys a person holds: by a live grant to the person, or through a circle key so granted. */
const HELD = `
	SELECT "key" FROM grants WHERE user = {:me} AND ended = ''
	UNION
	SELECT opened."key" FROM grants circle JOIN grants opened ON opened.via = circle."key"
	WHERE circle.user = {:me} AND circle.ended = '' AND opened.ended = ''`;

/** The other way round: persons who hold the key `{:key}`. */
const HOLDERS = `
	SELECT user AS id FROM grants WHERE "key" = {:key} AND user != '' AND ended = ''
	UNION
	SELECT circle.user AS id FROM grants opened JOIN grants circle ON circle."key" = opened.via
	WHERE opened."key" = {:key} AND opened.via != '' AND opened.ended = '' AND circle.user != '' AND circle.ended = ''`;

/** Teams a person is in, and as what. */
const MINE = `SELECT team, role FROM memberships WHERE user = {:me} AND ${ACTIVE}`;

/**
 * Teams that concern a person: as a member, as one who holds a key there, or because they referred a case to a team of
 * the person's. `mine` and `held` name the above.
 */
const SEEN = `
	SELECT team FROM mine
	UNION SELECT team FROM keys WHERE id IN held
	UNION SELECT sender FROM cases WHERE sender != '' AND team IN (SELECT team FROM mine)`;

/** Keys of circles a person is in, as `reach` has them (pb_migrations): whoever is in a circle reaches what it reaches. */
const CIRCLES = "SELECT circle FROM reach WHERE opener = {:me} AND circle != ''";

module.exports = { ACTIVE, CIRCLES, EXPIRED, HELD, HOLDERS, MINE, SEEN };
