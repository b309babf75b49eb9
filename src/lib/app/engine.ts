/** Runs the sync engine for whoever is at work here, and swaps it when that changes. */
import { liveQuery } from '../store/live';
import type { Engine } from '../sync/engine';
import { tellRoom } from './full';
import { keepHeard } from './heard';
import { vaultOf } from './held';
import { device, storeOf } from './here';

let running: ({ account: string; token: string } & Engine) | null = null;

/** Something is in the outbox. */
export function ring(): void {
	follow();
	running?.wake('written');
}

/** What is here has to be looked at anew: the device was unlocked, or somebody did not wait for the engine. */
export function look(): void {
	follow();
	running?.wake('look');
}

/** A person wants all of it tried now. */
export function tryNow(): void {
	follow();
	running?.wake('asked');
}

let following = false;

/** Follows the session from the first call on: starts, restarts with a new token, and stops when nobody is signed in. */
export function follow(): void {
	if (following) return;
	following = true;
	liveQuery(() => device.get('session')).subscribe((session) => {
		void turn(session?.account ?? '', session?.token ?? '');
	});
}

async function turn(account: string, token: string): Promise<void> {
	if (running?.account === account && running.token === token) return;
	running?.stop();
	running = null;
	if (!account) return;
	// A place in the order is taken before the wait, so that of two turns the later one wins.
	const mine = { account, token, wake: () => undefined, stop: () => undefined };
	running = mine;
	const [{ startEngine }, { browser }, { connect }, { unopened }, { reached }] = await Promise.all([
		import('../sync/engine'),
		import('../sync/host'),
		import('../sync/remote'),
		import('../sync/inbox'),
		import('./locking')
	]);
	const instance = (await device.account(account))?.instance;
	if (running !== mine || instance === undefined) return;
	const remote = connect(location.origin, token);
	const store = storeOf(account);
	const engine = startEngine({
		user: account,
		instance,
		rolls: device,
		store,
		remote: {
			...remote,
			pull: async (since) => {
				const page = await remote.pull(since);
				if (page.ok) {
					keepHeard(account, Date.now());
					void reached();
				}
				return page;
			}
		},
		host: browser(account),
		tellRoom,
		signedOut: token === '',
		vault: () => vaultOf(account),
		// Heavy, and only where something came: the cipher loads with the first of it.
		open: async (vault) => {
			if ((await unopened(store)).length === 0) return;
			const { openNew } = await import('../sync/opening');
			await openNew(store, vault, account, await device.rolls());
		},
		signInAgain: async () => {
			const { signInAgain } = await import('./session');
			const fresh = await signInAgain();
			if (fresh) remote.use(fresh);
			else await device.changeSession((session) => (session.token ? { ...session, token: '' } : session));
			return fresh !== null;
		}
	});
	running = { account, token, ...engine };
}
