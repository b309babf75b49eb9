/// What may be read, by who opens it, in the order of rev: a pull walks this from where a device was, however many keys
/// somebody holds. An opener is a person, or the key of a circle. A live grant reaches its key, the case, and all that is
/// under the key; every grant reaches itself. The database keeps this table, in the transaction of each change, whoever
/// makes it. What is a row's own and never changes (whose key, which case) is not looked after.

const TABLE = `CREATE TABLE reach (
	opener TEXT NOT NULL,
	rev INTEGER NOT NULL,
	collection TEXT NOT NULL,
	-- A guess of the row's bytes, written out.
	size INTEGER NOT NULL,
	-- Where this is the key of a circle, its id: whoever holds it reaches what it reaches.
	circle TEXT NOT NULL,
	PRIMARY KEY (opener, rev)
) WITHOUT ROWID`;
const INDEX = `CREATE INDEX idx_reach_circle ON reach (opener, circle) WHERE circle != ''`;
/** Keys of circles are few, and everybody may know those of the teams that concern them. */
const CIRCLES = `CREATE INDEX idx_keys_circles ON keys (rev) WHERE "case" = ''`;

/** A grant is to a person or to a circle, and never to both. */
const openerOf = (grant) => `CASE WHEN ${grant}user != '' THEN ${grant}user ELSE ${grant}via END`;
const [BEFORE, NOW] = [openerOf('OLD.'), openerOf('NEW.')];
/** Who holds one of these keys, or has; and who does now. */
const openers = (keys) => `SELECT ${openerOf('')} AS opener FROM grants WHERE "key" ${keys}`;
const holders = (keys) => `${openers(keys)} AND ended = ''`;
const keysOf = (kase) => `IN (SELECT id FROM keys WHERE "case" = ${kase})`;

/** As a pull writes them out. */
const SIZES = {
	keys: () => '2400',
	cases: () => '400',
	grants: (row) => `octet_length(${row}sealed) + 450`,
	entries: (row) => `octet_length(${row}sealed) + 400`,
	blobs: () => '450'
};

const add = (rows) => `INSERT OR IGNORE INTO reach (opener, rev, collection, size, circle) ${rows};`;
const addTo = (who, collection, circle = "''") =>
	add(`SELECT opener, NEW.rev, '${collection}', ${SIZES[collection]('NEW.')}, ${circle} FROM (${who})`);
/** The row as it was is out of everybody's reach. */
const remove = (who) => `DELETE FROM reach WHERE rev = OLD.rev AND opener IN (${who});`;

/**
 * The key that a case began with, for whoever holds a narrow one that the same person made: it proves who may. Its public
 * half alone; no grant of it, and nothing that was said under it.
 */
const BEGINS = (key) => `${key}name = 'reporter' AND ${key}before = '' AND ${key}"case" != ''`;
const NARROW = (key) =>
	`IN (SELECT id FROM keys WHERE "case" = ${key}"case" AND maker = ${key}maker AND name = 'narrow')`;

/** All that is reached by keys that are held: `held` has the opener and the key. Read from there, whatever the statistics say. */
const all = (held) => {
	const rows = (collection, from, { row = collection, circle = "''" } = {}) => `
		SELECT opener, ${row}.rev, '${collection}', ${SIZES[collection](`${row}.`)}, ${circle}
		FROM (${held}) AS held CROSS JOIN ${from}`;
	return [
		rows('keys', 'keys ON id = held."key"', { circle: `CASE WHEN "case" = '' THEN id ELSE '' END` }),
		rows(
			'keys',
			`keys own ON own.id = held."key"
			CROSS JOIN keys first ON first."case" = own."case" AND first.maker = own.maker
			WHERE own.name = 'narrow' AND ${BEGINS('first.')}`,
			{ row: 'first' }
		),
		rows('cases', 'keys ON keys.id = held."key" CROSS JOIN cases ON cases.id = keys."case"'),
		rows('grants', 'grants USING ("key")'),
		rows('entries', 'entries USING ("key")'),
		rows('blobs', `blobs USING ("key") WHERE entry != ''`)
	].join(' UNION ALL ');
};

/** Keys of the same case, by which the case and the key that it began with are reached too. */
const BESIDE = `SELECT id FROM keys WHERE "case" = (SELECT "case" FROM keys WHERE id = OLD."key" AND "case" != '')`;
const STILL = `
	SELECT ${BEFORE} AS opener, "key" FROM grants
	WHERE "key" IN (SELECT OLD."key" UNION ALL ${BESIDE}) AND ${openerOf('')} = ${BEFORE} AND ended = ''`;

/** What follows from a row as it was, and from a row as it is now. */
const FOLLOWS = {
	keys: {
		was: remove(`${openers('= OLD.id')} UNION ALL ${openers(NARROW('OLD.'))}`),
		is: [
			addTo(holders('= NEW.id'), 'keys', `CASE WHEN NEW."case" = '' THEN NEW.id ELSE '' END`),
			addTo(`${holders(NARROW('NEW.'))} AND ${BEGINS('NEW.')}`, 'keys')
		].join('\n')
	},
	cases: { was: remove(openers(keysOf('OLD.id'))), is: addTo(holders(keysOf('NEW.id')), 'cases') },
	entries: { was: remove(openers('= OLD."key"')), is: addTo(holders('= NEW."key"'), 'entries') },
	blobs: {
		was: remove(openers('= OLD."key"')),
		is: addTo(`${holders('= NEW."key"')} AND NEW.entry != ''`, 'blobs')
	},
	grants: {
		was: [
			remove(`${openers('= OLD."key"')} UNION ALL SELECT ${BEFORE}`),
			`DELETE FROM reach WHERE opener = ${BEFORE}
				AND rev IN (SELECT rev FROM (${all(`SELECT '' AS opener, OLD."key" AS "key"`)}));`,
			add(all(STILL)),
			add(
				`SELECT ${BEFORE}, rev, 'grants', ${SIZES.grants('')}, '' FROM grants WHERE "key" = OLD."key" AND ${openerOf('')} = ${BEFORE}`
			)
		].join('\n'),
		is: [
			addTo(`${holders('= NEW."key"')} UNION ALL SELECT ${NOW}`, 'grants'),
			add(all(`SELECT ${NOW} AS opener, NEW."key" AS "key" WHERE NEW.ended = ''`))
		].join('\n')
	}
};

migrate(
	(app) => {
		const run = (sql) => app.db().newQuery(sql).execute();
		const keys = app.findCollectionByNameOrId('keys');
		keys.indexes = [...keys.indexes, CIRCLES];
		app.save(keys);

		run(TABLE);
		run(INDEX);
		for (const name in FOLLOWS) {
			const { was, is } = FOLLOWS[name];
			run(`CREATE TRIGGER reach_${name}_made AFTER INSERT ON ${name} BEGIN ${is} END`);
			run(`CREATE TRIGGER reach_${name}_changed AFTER UPDATE ON ${name} BEGIN ${was} ${is} END`);
			run(`CREATE TRIGGER reach_${name}_gone AFTER DELETE ON ${name} BEGIN ${was} END`);
		}
		run(add(`SELECT ${openerOf('')}, rev, 'grants', ${SIZES.grants('')}, '' FROM grants`));
		run(add(all(`SELECT ${openerOf('')} AS opener, "key" FROM grants WHERE ended = ''`)));
	},
	(app) => {
		const run = (sql) => app.db().newQuery(sql).execute();
		for (const name in FOLLOWS)
			for (const when of ['made', 'changed', 'gone']) run(`DROP TRIGGER reach_${name}_${when}`);
		run('DROP TABLE reach');
		const keys = app.findCollectionByNameOrId('keys');
		keys.indexes = keys.indexes.filter((index) => !index.includes('idx_keys_circles'));
		app.save(keys);
	}
);
