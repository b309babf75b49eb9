/** SQL that says what a person may know; `{:me}` is that person. The rules in pb_migrations are the second wall. */

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

module.exports = { HELD, HOLDERS };
