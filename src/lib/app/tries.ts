/** Tries with a passphrase on this device, counted per account, so that an own one does not clear the counts of others. */
import { onTheClock, oneMore, pauseLeft, type Tries } from '../domain/tries';
import { device } from './here';

/** ms to wait before somebody may try again; for whoever is at work, or for this login. */
export async function pauseFor(login?: string): Promise<number> {
	const account = login === undefined ? (await device.get('session'))?.account : await accountOf(login);
	const tries = (await device.get('tries'))?.[account ?? UNKNOWN];
	if (tries && onTheClock(tries, Date.now()) !== tries) await restart(account ?? UNKNOWN);
	return pauseLeft(tries, Date.now());
}

type Try = { succeeded: () => Promise<void>; giveBack: () => Promise<void> };

/** Takes a try, or null while there is a pause. It counts as a wrong one until it has `succeeded` or was given back. */
export async function takeTry(account = UNKNOWN): Promise<Try | null> {
	const now = Date.now();
	const isFree = (tries: Tries | undefined): boolean => pauseLeft(tries, now) === 0;
	const { [account]: before } = await device.change('tries', {}, (all) =>
		isFree(all[account]) ? { ...all, [account]: oneMore(all[account], now) } : all
	);
	if (!isFree(before)) return null;
	const put = async (tries: Tries | undefined): Promise<void> => {
		await device.change('tries', {}, (all) => ({ ...all, [account]: tries }));
	};
	return { succeeded: () => put(undefined), giveBack: () => put(before) };
}

/** What was tried for. Where it throws, as for want of memory, nobody has been wrong. */
export async function orGiveBack<T>(tried: Try, act: Promise<T>): Promise<T> {
	return act.catch(async (cause: unknown) => {
		await tried.giveBack();
		throw cause;
	});
}

/** Where a login has no account here: one count for all of them. */
const UNKNOWN = '';

const accountOf = async (login: string): Promise<string | undefined> =>
	(await device.accountByLogin(login))?.id;

async function restart(account: string): Promise<void> {
	await device.change('tries', {}, (all) => {
		const tries = all[account];
		return { ...all, [account]: tries && onTheClock(tries, Date.now()) };
	});
}
