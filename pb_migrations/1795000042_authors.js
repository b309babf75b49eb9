/// Whose account has changed is looked for among those who have written something, by person (pb_hooks/lib/pull.js).

const INDEX = 'CREATE INDEX idx_entries_author ON entries (author, `key`)';

migrate(
	(app) => {
		const entries = app.findCollectionByNameOrId('entries');
		entries.indexes = [...entries.indexes, INDEX];
		app.save(entries);
	},
	(app) => {
		const entries = app.findCollectionByNameOrId('entries');
		entries.indexes = entries.indexes.filter((index) => !index.includes('idx_entries_author'));
		app.save(entries);
	}
);
