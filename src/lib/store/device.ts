import { Dexie, type EntityTable, type Table } from 'dexie';
import type { Box } from '../crypto/vault';
import type { LastSeen } from '../domain/away';
import type { Certificate } from '../domain/envelope';
import type { Facts } from '../domain/records';
import type { Undue } from '../domain/recovery';
import type { Break, Roll } from '../domain/roll';
import type { Tries } from '../domain/tries';

/** Somebody who signed in on this device. What is wrapped opens with the passphrase alone. */
export type Account = {
	id: string;
	login: string;
	name: string;
	instance: string;
	recipient: string;
	verifier: string;
	/** This device's own name and signing key, which speak for the person in new alerts while it is locked. */
	device: string;
	hand: CryptoKey;
	certificate: Certificate;
	/** The vault key, wrapped under `wrap`. */
	vault: Box;
	/** It has no name and no passphrase: a return code opens it. */
	coded?: boolean;
};

/**
 * What an account without a name has on this device alone, under the device's key: the return code until somebody has
 * kept it, and the sign-up until the server has answered. A row with neither is gone.
 */
export type CodeRow = {
	account: string;
	/** ms */
	made: number;
	code: Box | null;
	signUp: Box | null;
	/** The server did not take the sign-up: no team takes alerts without an account any more. */
	refused: boolean;
};

/** Who is at work here, locked or not. Without `token` the server wants a sign-in. No key: `app/held.ts` says why. */
export type Session = LastSeen & { account: string; token: string };

/**
 * New keys that were asked for here, until they are the account's. `box` holds the secrets under the device's key;
 * `wrap` cannot be read back. `seen` is what the server said last, `brought` what was made to finish it.
 */
export type AskedRecovery = {
	id: string;
	team: string;
	login: string;
	instance: string;
	recipient: string;
	verifier: string;
	/** ms */
	at: number;
	box: Box;
	wrap: CryptoKey;
	seen: Undue | null;
	brought: { proof: string; wrapped: string } | null;
};
type Recovering = { is: 'asked'; asked: AskedRecovery } | { is: 'done'; login: string };

type Kept = {
	facts: Facts;
	session: Session;
	deviceKey: CryptoKey;
	tries: AllTries;
	recovery: Recovering;
	/** Whether the browser said that it keeps all this until somebody deletes it. */
	durable: boolean;
	/** The advice to install was read, or the offer was not wanted. */
	advised: true;
	/**
	 * Whether somebody wants notices here, by account; nothing of whoever was not asked yet. `again`: not before they are
	 * back, since they have signed out.
	 */
	told: Record<string, 'yes' | 'no' | 'again'>;
	/** Whom this device tells no more, by account, and as which device of theirs: the server has not heard of it yet. */
	untold: Record<string, string>;
	/** ms: when Heed was first opened here. */
	since: number;
	/** Alerts are written on one page with all questions. */
	whole: boolean;
	/** Whose store the browser has deleted without being asked, until it was read. '' for all at once. */
	lost: string[];
	/** Who was removed from here while the store is still to be deleted. */
	removing: string[];
};
/** By account; '' for whoever has none on this device. */
type AllTries = Record<string, Tries | undefined>;

/** A team's roll as far as this device has followed it. `trouble` says why the server's does not continue it. */
export type RollRow = {
	team: string;
	roll: Roll | null;
	/** '' until the first link was seen, or from a join link before that. */
	fingerprint: string;
	trouble: '' | 'older' | Break['kind'];
};
export type Rolls = {
	roll: (team: string) => Promise<RollRow | undefined>;
	keepRoll: (row: RollRow) => Promise<void>;
};

type Db = Dexie & {
	rolls: EntityTable<RollRow, 'team'>;
	accounts: EntityTable<Account, 'id'>;
	kept: Table<{ name: string; value: unknown }, string>;
	codes: EntityTable<CodeRow, 'account'>;
};

/** What the device knows whoever uses it. Persons' own things are in a store each (`person.ts`). */
export class Device {
	readonly #db: Db;

	constructor(name = 'heed') {
		this.#db = new Dexie(name) as Db;
		this.#db.version(1).stores({ accounts: 'id, login', kept: 'name' });
		this.#db.version(2).stores({ rolls: 'team' });
		this.#db.version(3).stores({ codes: 'account' });
	}

	async get<N extends keyof Kept>(name: N): Promise<Kept[N] | null> {
		const row = await this.#db.kept.get(name);
		return (row?.value as Kept[N] | undefined) ?? null;
	}

	async set<N extends keyof Kept>(name: N, value: Kept[N]): Promise<void> {
		await this.#db.kept.put({ name, value });
	}

	async forget(name: keyof Kept): Promise<void> {
		await this.#db.kept.delete(name);
	}

	/** What is kept under `name`; `value` where nothing was yet. The first one stays, whichever tab asks. */
	async setOnce<N extends keyof Kept>(name: N, value: Kept[N]): Promise<Kept[N]> {
		return this.#db.transaction('rw', this.#db.kept, async () => {
			const kept = await this.get(name);
			if (!kept) await this.set(name, value);
			return kept ?? value;
		});
	}

	/**
	 * Changes the session in one transaction, so that two tabs never undo each other. Nothing is written without one, nor
	 * when it stays the same object.
	 */
	async changeSession(change: (session: Session) => Session | null): Promise<void> {
		await this.#db.transaction('rw', this.#db.kept, async () => {
			const session = await this.get('session');
			const next = session && change(session);
			if (next === session) return;
			if (next) await this.set('session', next);
			else if (session) await this.#db.kept.delete('session');
		});
	}

	roll(team: string): Promise<RollRow | undefined> {
		return this.#db.rolls.get(team);
	}

	/** What was followed, by team. */
	async rolls(): Promise<Map<string, Roll>> {
		const rows = await this.#db.rolls.toArray();
		return new Map(rows.flatMap(({ team, roll }) => (roll ? [[team, roll] as const] : [])));
	}

	async keepRoll(row: RollRow): Promise<void> {
		await this.#db.rolls.put(row);
	}

	/** In one transaction, as `changeSession`; `none` stands where nothing is kept. Says what it was before. */
	async change<N extends 'tries' | 'told' | 'untold' | 'lost' | 'removing'>(
		name: N,
		none: Kept[N],
		change: (before: Kept[N]) => Kept[N]
	): Promise<Kept[N]> {
		return this.#db.transaction('rw', this.#db.kept, async () => {
			const before = (await this.get(name)) ?? none;
			await this.set(name, change(before));
			return before;
		});
	}

	/** Nobody has anything here: no account, and no new keys that were asked for. */
	async isEmpty(): Promise<boolean> {
		return (await this.#db.accounts.count()) === 0 && (await this.get('recovery')) === null;
	}

	account(id: string): Promise<Account | undefined> {
		return this.#db.accounts.get(id);
	}

	accountByLogin(login: string): Promise<Account | undefined> {
		return this.#db.accounts.get({ login });
	}

	/** Session and account land together: a device never has one without the other. So does a new return code. */
	async signIn(account: Account, session: Session, code?: CodeRow): Promise<void> {
		await this.together(async () => {
			await this.#db.accounts.put(account);
			await this.set('session', session);
			if (code) await this.#db.codes.add(code);
		});
	}

	/** Its row and its return code; what is said of it in `kept` is another matter. */
	async dropAccount(id: string): Promise<void> {
		await this.#db.accounts.delete(id);
		await this.#db.codes.delete(id);
	}

	/** All that `work` changes here lands, or nothing of it. */
	async together(work: () => Promise<void>): Promise<void> {
		await this.#db.transaction('rw', this.#db.accounts, this.#db.kept, this.#db.codes, work);
	}

	code(account: string): Promise<CodeRow | undefined> {
		return this.#db.codes.get(account);
	}

	codes(): Promise<CodeRow[]> {
		return this.#db.codes.toArray();
	}

	/** Writes down what has happened with a code; what is no longer needed goes for good. */
	async changeCode(account: string, change: Partial<CodeRow>): Promise<void> {
		await this.#db.transaction('rw', this.#db.codes, async () => {
			const row = await this.#db.codes.get(account);
			if (!row) return;
			const next = { ...row, ...change };
			if (next.code || next.signUp) await this.#db.codes.put(next);
			else await this.#db.codes.delete(account);
		});
	}
}
