/**
 * What was published, as this device has it: in a database of its own, since it is nobody's and can be fetched again. What
 * people wrote lies elsewhere and never shares its fate.
 */
import { Dexie, type EntityTable, type Table } from 'dexie';
import type { Index } from '../domain/match/match';
import type { PlaceList } from '../domain/places';
import type { Lexicon, Practice, Shelf } from '../domain/practice';

/** `source` says which edition it is. */
type Edition = { source: string; firstSteps: Shelf['firstSteps'] };
/** What comparing needs apart from the rest: it is large, and wanted once. */
type Row =
	| ({ name: 'edition' } & Edition)
	| { name: 'index'; source: string; index: Index; lexicon: Lexicon }
	| { name: `places ${string}`; source: string; list: PlaceList };

type Db = Dexie & {
	practices: EntityTable<Practice, 'id'>;
	rows: Table<Row, string>;
};

export class Library {
	readonly #db: Db;

	/** Not called as the persons' stores are: nobody counts it as one of theirs. */
	constructor(name = 'library') {
		this.#db = new Dexie(name) as Db;
		this.#db.version(1).stores({ practices: 'id', rows: 'name' });
	}

	/** Undefined until something has come. */
	async edition(): Promise<Edition | undefined> {
		const row = await this.#db.rows.get('edition');
		return row?.name === 'edition' ? row : undefined;
	}

	/** Undefined where this is not the edition any more. */
	async index(source: string): Promise<{ index: Index; lexicon: Lexicon } | undefined> {
		const row = await this.#db.rows.get('index');
		return row?.name === 'index' && row.source === source ? row : undefined;
	}

	/** In the order of the ids; what is not here is left out. */
	async practices(ids: readonly string[]): Promise<Practice[]> {
		const found = await this.#db.practices.bulkGet([...ids]);
		return found.filter((one) => one !== undefined);
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
	async restock(source: string, { practices, firstSteps, lexicon }: Shelf, index: Index): Promise<void> {
		await this.#db.transaction('rw', this.#db.practices, this.#db.rows, async () => {
			await this.#db.practices.clear();
			await this.#db.practices.bulkPut(practices);
			await this.#db.rows.bulkPut([
				{ name: 'edition', source, firstSteps },
				{ name: 'index', source, index, lexicon }
			]);
		});
	}
}
