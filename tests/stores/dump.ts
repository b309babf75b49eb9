/** Databases as they lie in IndexedDB, as JSON and back: nothing of the app or of Dexie comes between. */

type Path = string | string[] | null;
type Index = { name: string; keyPath: Path; unique: boolean; multiEntry: boolean };
type Stored = { name: string; keyPath: Path; autoIncrement: boolean; indexes: Index[]; rows: unknown[] };
/** `version` is IndexedDB's: ten times Dexie's. */
export type Database = { name: string; version: number; stores: Stored[] };

/** What JSON has no form for: bytes in base64, and keys as JWK. */
type Bytes = { $bytes: string };
type Key = { $key: JsonWebKey; algorithm: Algorithm; usages: KeyUsage[] };

/** All that is here. */
export async function dumpAll(): Promise<Database[]> {
	const all = await indexedDB.databases();
	const names = all.flatMap(({ name }) => name ?? []).sort();
	return Promise.all(names.map(dump));
}

/** Throws at a value that would not come back as it was. */
export async function dump(name: string): Promise<Database> {
	const db = await done(indexedDB.open(name));
	const stores: Stored[] = [];
	for (const each of [...db.objectStoreNames]) {
		const store = db.transaction(each).objectStore(each);
		const indexes = [...store.indexNames].map((index): Index => {
			const { keyPath, unique, multiEntry } = store.index(index);
			return { name: index, keyPath, unique, multiEntry };
		});
		const { keyPath, autoIncrement } = store;
		const rows = (await done(store.getAll())) as unknown[];
		stores.push({ name: each, keyPath, autoIncrement, indexes, rows: await Promise.all(rows.map(toJson)) });
	}
	const { version } = db;
	db.close();
	return { name, version, stores };
}

/** Makes the databases anew, as they were when they were dumped. None of that name may be there. */
export async function load(databases: readonly Database[]): Promise<void> {
	for (const { name, version, stores } of databases) {
		// Keys take a while to come in, and a transaction does not wait.
		const filled = await Promise.all(
			stores.map(async (store) => ({ ...store, rows: await Promise.all(store.rows.map(fromJson)) }))
		);
		const opening = indexedDB.open(name, version);
		opening.onupgradeneeded = ({ oldVersion }) => {
			if (oldVersion > 0) throw new Error(`there is a database ${name} already`);
			for (const { name: each, keyPath, autoIncrement, indexes, rows } of filled) {
				const store = opening.result.createObjectStore(each, { keyPath, autoIncrement });
				for (const { name: index, keyPath: path, ...options } of indexes) {
					if (path !== null) store.createIndex(index, path, options);
				}
				for (const row of rows) store.add(row);
			}
		};
		(await done(opening)).close();
	}
}

export function done<T>(request: IDBRequest<T>): Promise<T> {
	return new Promise((resolve, reject) => {
		request.onsuccess = () => resolve(request.result);
		request.onerror = () => reject(request.error ?? new Error('IndexedDB says no more'));
	});
}

async function toJson(value: unknown): Promise<unknown> {
	if (value instanceof Uint8Array) return { $bytes: Buffer.from(value).toString('base64') } satisfies Bytes;
	if (value instanceof CryptoKey) {
		const $key = await crypto.subtle.exportKey('jwk', value);
		return { $key, algorithm: value.algorithm, usages: value.usages } satisfies Key;
	}
	if (Array.isArray(value)) return Promise.all(value.map(toJson));
	if (typeof value === 'object' && value !== null) {
		if (Object.getPrototypeOf(value) !== Object.prototype) throw new Error('a value without a form in JSON');
		return eachField(value, toJson);
	}
	if (typeof value === 'undefined' || typeof value === 'bigint' || Number.isNaN(value))
		throw new Error(`no form in JSON for ${String(value)}`);
	return value;
}

/** Keys come in as those that cannot be read back, which is what the app makes. */
export async function fromJson(value: unknown): Promise<unknown> {
	if (Array.isArray(value)) return Promise.all(value.map(fromJson));
	if (typeof value !== 'object' || value === null) return value;
	if ('$bytes' in value) return Uint8Array.from(Buffer.from((value as Bytes).$bytes, 'base64'));
	if ('$key' in value) {
		const { $key, algorithm, usages } = value as Key;
		return crypto.subtle.importKey('jwk', { ...$key, ext: true }, algorithm, false, usages);
	}
	return eachField(value, fromJson);
}

async function eachField(value: object, change: (field: unknown) => Promise<unknown>): Promise<object> {
	const fields = Object.entries(value).map(async ([name, field]) => [name, await change(field)] as const);
	return Object.fromEntries(await Promise.all(fields));
}
