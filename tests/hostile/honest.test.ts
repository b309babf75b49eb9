/** The town as it should be: what the hostile scenarios start from works, so that a refusal there means something. */
import { expect, test } from 'vitest';
import { message, Town } from './town';

test('between honest people every word arrives and is believed', async () => {
	const town = await Town.open();
	try {
		const eszter = await town.eszter();
		const cora = await town.comes('Cora', 'expert', eszter);
		const bartek = await town.comes('Bartek');
		const { item } = (await bartek.alerts()).parcel;
		await cora.pull();
		await cora.says(item.case, message('Thank you.'));
		await bartek.pull();
		await bartek.says(item.case, message('What shall I do?'));
		for (const person of [bartek, cora, eszter]) {
			await person.pull();
			const said = await person.believes(item.case);
			expect(said.map(({ kind }) => kind)).toEqual(['alert', 'message', 'message']);
		}
	} finally {
		await town.close();
	}
});

test('what is sent from a locked phone is believed, answered, and read when it is unlocked', async () => {
	const town = await Town.open();
	try {
		const eszter = await town.eszter();
		const cora = await town.comes('Cora', 'expert', eszter);
		const bartek = await town.comes('Bartek');
		const { item } = (await bartek.alertsLocked()).parcel;
		await cora.pull();
		await cora.says(item.case, message('Thank you.'));
		for (const person of [bartek, cora, eszter]) {
			await person.pull();
			const said = await person.believes(item.case);
			expect(said.map(({ kind }) => kind)).toEqual(['alert', 'message']);
		}
	} finally {
		await town.close();
	}
});
