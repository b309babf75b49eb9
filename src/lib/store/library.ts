/**
 * What was published, as this device has it: in a database of its own, since it is nobody's and can be fetched again. What
 * people wrote lies elsewhere and never shares its fate.
 */
import { Dexie, type EntityTable, type Table } from 'dexie';
import type { Index } from '../domain/match/match';
import type { PlaceList } from '../domain/places';
import type { Id } from '../domain/id';
import type { Locale } from '../domain/lists';
import type { PieceRow } from '../domain/piece';
import type { Lexicon, Practice, Shelf } from '../domain/practice';

/**
 * `source` says which edition it is, `indexed` what its index was made of: the edition, and the teams' own practices.
 */
type Edition = {
	source: string;
	indexed: string;
	locale: Locale;
} & Pick<Shelf, 'firstSteps' | 'glossary' | 'before'>;
/** What a team has decided of a piece. */
type Decided = PieceRow & { team: Id };
/** What comparing needs apart from the rest: it is large, and wanted once. */
type Row =
	| ({ name: 'edition' } & Edition)
	| { name: 'index'; indexed: string; index: Index; lexicon: Lexicon }
	/** Up to which rev a team's decisions are here. */
	| { name: `pieces ${string}`; rev: number }
	| { name: `places ${string}`; source: string; list: PlaceList };

type Db = Dexie & {
	practices: EntityTable<Practice, 'id'>;
	pieces: Table<Decided, [Id, string]>;
	rows: Table<Row, string>;
};

export class Library {
	readonly #db: Db;

	/** Not called as the persons' stores are: nobody counts it as one of theirs. */
	constructor(name = 'library') {
		this.#db = new Dexie(name) as Db;
		this.#db.version(1).stores({ practices: 'id', rows: 'name' });
		// An edition of before holds less than one of now: it is fetched again.
		this.#db
			.version(2)
			.stores({ practices: 'id', rows: 'name', pieces: '[team+of]' })
			.upgrade((change) => change.table('rows').bulkDelete(['edition', 'index']));
	}

	/** Undefined until something has come. */
	async edition(): Promise<Edition | undefined> {
		const row = await this.#db.rows.get('edition');
		return row?.name === 'edition' ? row : undefined;
	}

	/** Undefined where it was made of something else meanwhile. */
	async index(indexed: string): Promise<{ index: Index; lexicon: Lexicon } | undefined> {
		const row = await this.#db.rows.get('index');
		return row?.name === 'index' && row.indexed === indexed ? row : undefined;
	}

	/** Of the edition, in the order of the ids, or all of them; what is not here is left out. */
	async practices(ids?: readonly string[]): Promise<Practice[]> {
		if (!ids) return this.#db.practices.toArray();
		const found = await this.#db.practices.bulkGet([...ids]);
		return found.filter((one) => one !== undefined);
	}

	/** What a team has decided, or all teams have: the newest of each piece. */
	decided(team?: Id): Promise<Decided[]> {
		const { pieces } = this.#db;
		return team === undefined
			? pieces.toArray()
			: pieces.where('[team+of]').between([team, Dexie.minKey], [team, Dexie.maxKey]).toArray();
	}

	/** Up to which rev a team's decisions are here; undefined where it was never asked. */
	async decidedUpTo(team: Id): Promise<number | undefined> {
		const row = await this.#db.rows.get(`pieces ${team}`);
		return row && 'rev' in row ? row.rev : undefined;
	}

	/** Whose decisions are here. */
	async followed(): Promise<Id[]> {
		const names = await this.#db.rows.where('name').startsWith('pieces ').primaryKeys();
		return names.map((name) => name.slice('pieces '.length));
	}

	/** Together with how far they go. */
	async putDecided(team: Id, pieces: readonly PieceRow[], rev: number): Promise<void> {
		await this.#db.transaction('rw', this.#db.pieces, this.#db.rows, async () => {
			await this.#db.pieces.bulkPut(pieces.map((piece) => ({ ...piece, team })));
			await this.#db.rows.put({ name: `pieces ${team}`, rev });
		});
	}

	/** A country's municipalities; undefined until they have come. `source` says which edition it is. */
	async places(country: string): Promise<{ source: string; list: PlaceList } | undefined> {
		const row = await this.#db.rows.get(`places ${country}`);
		return row && 'list' in row ? row : undefined;
	}

	async putPlaces(source: string, list: PlaceList): Promise<void> {
		await this.#db.rows.put({ name: `places ${list.country}`, source, list });
	}

	/** All of the new edition takes the place of all of the old one, or nothing does. */
	async restock(
		edition: Pick<Edition, 'source' | 'indexed' | 'locale'>,
		{ practices, lexicon, firstSteps, glossary, before }: Shelf,
		index: Index
	): Promise<void> {
		await this.#db.transaction('rw', this.#db.practices, this.#db.rows, async () => {
			await this.#db.practices.clear();
			await this.#db.practices.bulkPut(practices);
			await this.#db.rows.bulkPut([
				{ name: 'edition', ...edition, firstSteps, glossary, before },
				{ name: 'index', indexed: edition.indexed, index, lexicon }
			]);
		});
	}

	/** The same edition, with an index that was made anew; not where another one has come meanwhile. */
	async reindex(source: string, indexed: string, lexicon: Lexicon, index: Index): Promise<void> {
		await this.#db.transaction('rw', this.#db.rows, async () => {
			const edition = await this.edition();
			if (edition?.source !== source) return;
			await this.#db.rows.bulkPut([
				{ ...edition, name: 'edition', indexed },
				{ name: 'index', indexed, index, lexicon }
			]);
		});
	}
}
