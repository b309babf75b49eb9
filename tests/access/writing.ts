/**
 * Everything that somebody might write, tried by every person: alone, in a batch, and as an upsert. Whether it was done is
 * read from the database afterwards. Each try has rows of its own, or takes back what it did: order does not matter.
 */
import { isSuccess, outcome, verdict, type Cell } from './cell';
import { isAllowed } from './allowance';
import { ask, type Answer, type Person } from './line';
import { changes } from './changes';
import { creations } from './creations';
import type { Attempt, Deed, Me } from './deed';
import { PEOPLE, type Who } from './people';
import { removals } from './removals';
import { formOf } from './made';
import type { Scene } from './scene';

/** All of these cells. */
export function writingCells(scene: Scene): Cell[] {
	const locks = new Map<string, Promise<unknown>>();
	const deeds = [...creations(scene), ...changes(scene), ...removals(scene)];
	return PEOPLE.flatMap((who) => {
		const upserted = new Set<string>();
		return deeds
			.filter(({ isForPeople }) => who !== 'operator' || isForPeople !== true)
			.flatMap((deed) => {
				const name = `${deed.on} ${deed.verb}`;
				const isFirst = !upserted.has(name);
				upserted.add(name);
				return cellsOf(scene, locks, deed, who, pathsOf(who, deed, isFirst));
			});
	});
}

function cellsOf(
	scene: Scene,
	locks: Map<string, Promise<unknown>>,
	deed: Deed,
	who: Who,
	paths: readonly string[]
): Cell[] {
	const as = (one: Who) => ({ id: scene.people[one].id }) as Me;
	const me = ['nobody', 'operator'].includes(who) ? as('coordinator home') : as(who);
	const other = as(who === 'expert home' ? 'coordinator home' : 'expert home');
	const lock = deed.lock?.(me);

	/** What a refused try has left as it was serves the next one, where nobody else waits for it. */
	let kept: Attempt | undefined;
	const tryOut = async (path: string) => {
		const attempt = kept ?? (await deed.prepare(me, other));
		kept = undefined;
		const answer = await sendBy(path, scene.people[who], deed, attempt);
		const after = await ask(scene.operator, 'GET', `/api/collections/${deed.on}/records/${attempt.id}`);
		const isDone = attempt.done(after.status === 200 ? after.body : null);
		if (isDone) await attempt.undo?.();
		if (isDone || lock !== undefined || path === paths.at(-1)) await attempt.clean?.();
		else kept = attempt;

		if (isSuccess(answer) !== isDone) return `answered ${answer.status}, and the row says otherwise`;
		return outcome(answer);
	};

	return paths.map((path): Cell => ({
		who,
		on: deed.on,
		verb: deed.verb,
		path,
		what: deed.what,
		expected: verdict(isAllowed(who, deed.on, deed.verb, deed.what, path)),
		ask: () => (lock === undefined ? tryOut(path) : inTurn(locks, lock, () => tryOut(path)))
	}));
}

/** PocketBase takes an upsert apart into one of the others: one try for each collection and verb shows that it does. */
const pathsOf = (who: Who, { verb }: Deed, isFirst: boolean): string[] => [
	'direct',
	...(who === 'operator' ? [] : ['batch']),
	...(who !== 'operator' && verb !== 'delete' && isFirst ? ['upsert'] : [])
];

function inTurn<T>(locks: Map<string, Promise<unknown>>, lock: string, work: () => Promise<T>): Promise<T> {
	const mine = (locks.get(lock) ?? Promise.resolve()).then(work);
	locks.set(
		lock,
		mine.catch(() => {})
	);
	return mine;
}

const METHODS = { create: 'POST', update: 'PATCH', delete: 'DELETE' } as const;

function sendBy(
	path: string,
	person: Person,
	{ on, verb }: Deed,
	{ id, body, bytes }: Attempt
): Promise<Answer> {
	const records = `/api/collections/${on}/records`;
	const url = verb === 'create' || path === 'upsert' ? records : `${records}/${id}`;
	const method = path === 'upsert' ? 'PUT' : METHODS[verb];
	const row = path === 'upsert' && body ? { id, ...body } : body;
	if (path === 'direct') return ask(person, method, url, bytes && row ? formOf(row, bytes) : row);

	const requests = [{ method, url, ...(row && { body: row }) }];
	if (!bytes) return ask(person, 'POST', '/api/batch', { requests });
	const form = new FormData();
	form.set('@jsonPayload', JSON.stringify({ requests }));
	form.set('requests.0.part', new Blob([bytes]), 'picture.jpg');
	return ask(person, 'POST', '/api/batch', form);
}
