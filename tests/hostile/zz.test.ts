import { expect, test } from 'vitest';
import { message, Town } from './town';
test('honest', async () => {
	const town = await Town.open();
	const eszter = await town.eszter();
	const cora = await town.comes('Cora', 'expert', eszter);
	const bartek = await town.comes('Bartek');
	const made = await bartek.alerts();
	await cora.pull();
	const t = await cora.trust();
	console.log(await cora.reads(made.item.case), keysDump(t));
	await cora.says(made.item.case, message('Thank you.'));
	await bartek.pull();
	console.log(await bartek.reads(made.item.case));
	expect((await bartek.believes(made.item.case)).length).toBe(2);
	await town.close();
});
const keysDump = (t: any) => ({ keys: [...t.ring.keys.values()].map((k: any) => [k.name, k.id, k.case]), founding: [...t.ring.founding], grants: t.ring.grants.map((g: any) => [g.key, g.user, g.via, g.giver]) });
