/** Time that passes when nothing else happens: a schedule of hours takes milliseconds, and always goes the same way. */
type Timer = { at: number; nth: number; fire: () => void };

export class Time {
	now = Date.UTC(2026, 10, 21, 12);
	readonly #timers: Timer[] = [];
	#nth = 0;

	/** Calls back after `ms`, in the order of time and then of asking. Returns how to take it back. */
	after(ms: number, fire: () => void): () => void {
		const timer = { at: this.now + Math.max(0, ms), nth: this.#nth++, fire };
		this.#timers.push(timer);
		return () => {
			const at = this.#timers.indexOf(timer);
			if (at >= 0) this.#timers.splice(at, 1);
		};
	}

	/** Lets happen what happens, until `isOver`, or nothing is left to wait for, or `until` (ms) is reached. */
	async run(until: number, isOver: () => boolean = () => false): Promise<void> {
		for (;;) {
			await quiet();
			if (isOver()) return;
			const next = this.#timers.reduce<Timer | null>(
				(first, one) => (first && before(first, one) ? first : one),
				null
			);
			if (!next || next.at > until) {
				this.now = Math.max(this.now, Math.min(until, next?.at ?? until));
				return;
			}
			this.#timers.splice(this.#timers.indexOf(next), 1);
			this.now = Math.max(this.now, next.at);
			next.fire();
		}
	}
}

const before = (a: Timer, b: Timer): boolean => a.at < b.at || (a.at === b.at && a.nth < b.nth);

/** Requests to databases that are under way in this process, and whatever else time has to wait for. */
let busy = 0;

/** Time stands still until this has happened. */
export async function during<T>(work: Promise<T>): Promise<T> {
	busy++;
	try {
		return await work;
	} finally {
		busy--;
	}
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Nothing in this process goes on by itself: no transaction is open, and a few turns bring none. */
async function quiet(): Promise<void> {
	for (let still = 0; still < 3; still = busy === 0 ? still + 1 : 0) await turn();
}

/** Every transaction that begins goes through here, and every write; what these throw, the one who asked gets. */
export type Watch = {
	begin: (db: IDBDatabase, tx: IDBTransaction) => void;
	write: (db: IDBDatabase) => void;
};
export const watch: Watch = { begin: () => undefined, write: () => undefined };

/** Once, after `fake-indexeddb/auto`: counts what is under way, and lets `watch` see it. */
export function instrument(): void {
	const databases = IDBDatabase.prototype;
	const begin = Reflect.get<IDBDatabase, 'transaction'>(databases, 'transaction');
	databases.transaction = function (this: IDBDatabase, ...given) {
		const tx = begin.apply(this, given);
		busy++;
		const done = (): void => {
			busy--;
		};
		tx.addEventListener('complete', done);
		tx.addEventListener('abort', done);
		watch.begin(this, tx);
		return tx;
	};
	const stores = IDBObjectStore.prototype;
	for (const name of ['add', 'put'] as const) {
		const write = Reflect.get<IDBObjectStore, typeof name>(stores, name);
		stores[name] = function (this: IDBObjectStore, ...given: Parameters<IDBObjectStore['put']>) {
			watch.write(this.transaction.db);
			return write.apply(this, given);
		};
	}
	const factories = IDBFactory.prototype;
	for (const name of ['open', 'deleteDatabase'] as const) {
		const ask = Reflect.get<IDBFactory, typeof name>(factories, name);
		factories[name] = function (this: IDBFactory, ...given: Parameters<IDBFactory['open']>) {
			const request = ask.apply(this, given);
			busy++;
			const done = (): void => {
				busy--;
			};
			request.addEventListener('success', done);
			request.addEventListener('error', done);
			return request;
		};
	}
}
