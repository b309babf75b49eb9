/** The server wants what few are told: it lies about who the few are, and helps whoever is let in by nobody. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { textDigest } from '../../src/lib/crypto/bytes';
import { keysOf, newestKey } from '../../src/lib/domain/holders';
import type { Act } from '../../src/lib/domain/roll';
import { linkWrite } from '../../src/lib/sync/admission';
import { readerFor } from '../../src/lib/sync/audience';
import { create, freshId, grantTo, makeKey } from '../../src/lib/sync/outgoing';
import { wants } from './scenario';
import { Town, type Person } from './town';

let town: Town;
let eszter: Person;
let cora: Person;
let dorin: Person;
let bartek: Person;
let mallory: Person;
let team: string;

beforeAll(async () => {
	town = await Town.open();
	eszter = await town.eszter();
	cora = await town.comes('Cora', 'expert', eszter);
	dorin = await town.comes('Dorin', 'police', eszter);
	bartek = await town.comes('Bartek');
	mallory = await town.comes('Mallory');
	team = town.founding.team.id;
});
afterEach(() => {
	town.rewrite = (answer) => answer;
});
afterAll(() => town.close());

const NAME = 'Jan Kowalski';
/** What somebody takes for genuine, by kind, after the next pull. */
async function believed(person: Person, id: string): Promise<string[]> {
	await person.pull();
	return (await person.believes(id)).map(({ kind }) => kind);
}

test.for(['unlocked', 'locked'] as const)('among honest people the few read the names: %s', async (how) => {
	const made =
		how === 'locked' ? await bartek.alertsLocked(NAME) : await bartek.alerts(undefined, undefined, NAME);
	const { case: id } = made.parcel.item;
	expect(await believed(bartek, id)).toEqual(['alert', 'names']);
	expect(await believed(eszter, id)).toEqual(['alert', 'names']);
	expect(await believed(cora, id)).toEqual(['alert']);
	expect(await believed(dorin, id)).toEqual([]);

	// Eszter lets the police contact into the names alone: nothing else shows who may say them.
	const reader = readerFor(await eszter.trust(), { user: dorin.id });
	const key = newestKey(keysOf((await eszter.trust()).ring, id), 'narrow');
	if (!reader || !key) throw new Error('there are names, and Dorin is known');
	const identity = await eszter.identity(key.id);
	const to = { user: dorin.id };
	const grant = await grantTo(to, reader.recipient, key.id, { identity }, eszter.author.hand);
	await eszter.delivers([create('grants', grant)]);
	expect(await believed(dorin, id)).toEqual(['names']);
});

type Shown = { name: string; id: string; recipient: string };

describe('the facts', () => {
	/** Whether Bartek's phone seals to another key than before, or to one for another, after the server has told `lie`. */
	async function sealsElsewhere(lie: (circles: Shown[]) => unknown): Promise<boolean> {
		const honest = await bartek.addressee();
		if (!honest?.coordinators || !honest.police) throw new Error('the honest ones are not believed');
		town.rewrite = (answer, path) => {
			if (path !== '/api/heed/facts') return answer;
			const facts = answer as { teams: { circles: Shown[] }[] };
			for (const one of facts.teams) lie(one.circles);
			return facts;
		};
		const now = await bartek.addressee();
		if (!now) throw new Error('the members’ circle is told as it is');
		return [
			[now.coordinators, honest.coordinators],
			[now.police, honest.police]
		].some(([one, other]) => one !== null && JSON.stringify(one) !== JSON.stringify(other));
	}
	const turn = (some: Shown[], change: Partial<Shown>): void =>
		some.forEach((one) => Object.assign(one, change));

	wants('names sealed to a key of its own, under the name of the coordinators’ circle', () =>
		sealsElsewhere((some) => turn(some, { recipient: mallory.account.recipient }))
	);

	wants('names sealed to a circle of its own', () =>
		sealsElsewhere((some) => turn(some, { id: freshId(), recipient: mallory.account.recipient }))
	);

	wants('names sealed to the police, by people who meant the coordinators', () =>
		sealsElsewhere((some) => {
			for (const one of some) one.name = one.name === 'police' ? 'coordinators' : 'police';
		})
	);

	wants('names sealed to all members, by people who meant the coordinators', () =>
		sealsElsewhere((some) => {
			const { id = '', recipient = '' } = town.founding.circles.find(({ name }) => name === 'members') ?? {};
			turn(some, { id, recipient });
		})
	);

	// The last one: Eszter's devices do not get the key that her roll names here.
	wants('names sealed to the circle as it was before somebody left', async () => {
		const before = town.founding.circles.find(({ name }) => name === 'coordinators')?.id ?? '';
		const roll = await eszter.roll();
		if (!roll) throw new Error('there is a roll');
		const { key } = await makeKey({ team, case: '', name: 'coordinators', before }, eszter.author);
		const recipient = await textDigest(key.recipient);
		const act: Act = { do: 'circle', key: key.id, name: 'coordinators', recipient };
		const { write } = await linkWrite(roll, act, eszter.author.hand, Date.now());
		await eszter.delivers([write]);
		return (await bartek.addressee())?.coordinators !== null;
	});
});
