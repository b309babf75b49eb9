/** The server lies about who there is: in the facts, on the roll, among the accounts. */
import { afterAll, afterEach, beforeAll, describe } from 'vitest';
import { newCode } from '../../src/lib/crypto/code';
import { attest, digestOf, signingKey } from '../../src/lib/crypto/proof';
import { writeLink } from '../../src/lib/crypto/roll';
import { CIRCLES } from '../../src/lib/domain/lists';
import { personsOf } from '../../src/lib/domain/parties';
import { isSeated, type Act, type Link } from '../../src/lib/domain/roll';
import { cardFields, keysFields } from '../../src/lib/domain/signed';
import { readerFor } from '../../src/lib/sync/audience';
import { freshId } from '../../src/lib/sync/outgoing';
import { followTeam } from '../../src/lib/sync/following';
import { wants } from './scenario';
import { Town, type Person, type Row } from './town';

let town: Town;
let eszter: Person;
let cora: Person;
let bartek: Person;
let mallory: Person;
let team: string;
let instance: string;
let fingerprint: string;

beforeAll(async () => {
	town = await Town.open();
	eszter = await town.eszter();
	cora = await town.comes('Cora', 'expert', eszter);
	bartek = await town.comes('Bartek');
	mallory = await town.comes('Mallory');
	team = town.founding.team.id;
	instance = town.founding.instance;
	fingerprint = (await eszter.roll())?.fingerprint ?? '';
	await bartek.addressee();
	await Promise.all([eszter, cora].map((person) => person.pull()));
});
afterEach(() => {
	town.rewrite = (answer) => answer;
});
afterAll(() => town.close());

/** What Mallory's keys would be if they were `person`'s, signed by Mallory alone. */
async function posingAs(person: Person): Promise<Row> {
	const { id, kind, name } = person.account;
	const { recipient, verifier } = mallory.account;
	const card = cardFields(instance, { id, kind, name, recipient, verifier });
	const proof = await attest(await signingKey(mallory.secrets.seed), 'card', card);
	return { id, recipient, verifier, proof };
}

const before = (person: Person): Row => {
	const { id, name, kind, recipient, verifier, proof } = person.account;
	return { id, name, kind, recipient, verifier, proof };
};

/** Runs an attack on one account's row, and puts the row right again. */
async function withRow(person: Person, row: Row, look: () => Promise<boolean>): Promise<boolean> {
	await town.writes('update', 'users', row);
	try {
		return await look();
	} finally {
		await town.writes('update', 'users', before(person));
		await Promise.all([eszter, cora, bartek].map((one) => one.pull()));
	}
}

const malloryKeys = async () => ({
	user: mallory.id,
	keys: await digestOf(keysFields(instance, mallory.id, mallory.account)),
	verifier: mallory.account.verifier
});

/** The roll as the server tells it from now on: these links instead of what follows. */
function tells(links: { text: string; proof: string }[]): void {
	town.rewrite = (answer, path) => {
		if (path.startsWith('/api/heed/roll/'))
			return { more: false, links: links.map((link, at) => ({ seq: at + 1, ...link })) };
		return answer;
	};
}

/** Whether anybody's device now has Mallory on the team's roll after being shown `act` as the next link. */
async function getsOntoTheRoll(person: Person, act: Act, by: string, hand: Link['hand'] = 'own') {
	const roll = await person.roll();
	const key = await signingKey(mallory.secrets.seed);
	const { link } = await writeLink(roll, team, act, by, key, Date.now(), hand);
	tells([link]);
	const row = { id: team, roll: (roll?.seq ?? 0) + 1 };
	await followTeam(person.device, person.remote, row, instance);
	const now = await person.roll();
	const seat = now?.seats[mallory.id];
	const put = (seat && isSeated(seat, Date.now())) || now?.seats[eszter.id]?.left !== 0;
	const keyIn = now?.circles.some(({ key: id }) => act.do === 'circle' && id === act.key);
	// The honest roll is followed again, so that the next scenario starts from it.
	town.rewrite = (answer) => answer;
	await followTeam(person.device, person.remote, { id: team, roll: roll?.seq ?? 0 }, instance);
	return put || keyIn === true || now.seq !== roll?.seq;
}

describe('the facts', () => {
	wants('alerts sealed to a key of its own, under the name of the team’s circle', async () => {
		town.rewrite = (answer, path) => {
			if (path !== '/api/heed/facts') return answer;
			const facts = answer as { teams: { circle: { recipient: string } }[] };
			for (const { circle } of facts.teams) circle.recipient = mallory.account.recipient;
			return facts;
		};
		return (await bartek.addressee()) !== null;
	});

	wants('alerts sealed to a circle of its own', async () => {
		town.rewrite = (answer, path) => {
			if (path !== '/api/heed/facts') return answer;
			const facts = answer as { teams: { circle: object }[] };
			for (const one of facts.teams) one.circle = { id: freshId(), recipient: mallory.account.recipient };
			return facts;
		};
		return (await bartek.addressee()) !== null;
	});

	wants('alerts for the police’s circle, sent by people who meant the team', async () => {
		const police = town.founding.circles.find(({ name }) => name === 'police');
		town.rewrite = (answer, path) => {
			if (path !== '/api/heed/facts') return answer;
			const facts = answer as { teams: { circle: object }[] };
			for (const one of facts.teams) one.circle = { id: police?.id, recipient: police?.recipient };
			return facts;
		};
		return (await bartek.addressee()) !== null;
	});
});

describe('the roll', () => {
	wants('a newcomer with a link to join a team of its own making', async () => {
		const key = await signingKey(mallory.secrets.seed);
		const act: Act = { do: 'found', instance, name: 'Dunapart', ...(await malloryKeys()) };
		const made = await writeLink(null, team, act, mallory.id, key, Date.now());
		tells([made.link]);
		const newcomer = await town.again(bartek);
		const row = await followTeam(
			newcomer.device,
			newcomer.remote,
			{ id: team, roll: 1 },
			instance,
			fingerprint
		);
		return row?.roll !== null || row.trouble === '';
	});

	wants('a team of another server taken for the one of the link', async () => {
		const first = town.founding.roll[0] ?? { text: '', proof: '' };
		tells([{ ...first, text: first.text.replace(instance, freshId()) }]);
		const newcomer = await town.again(bartek);
		const row = await followTeam(
			newcomer.device,
			newcomer.remote,
			{ id: team, roll: 1 },
			instance,
			fingerprint
		);
		return row?.roll !== null;
	});

	wants('Mallory on the roll, signed by Mallory in Eszter’s name', async () => {
		const act: Act = {
			...{ do: 'admit', ...(await malloryKeys()) },
			...{ role: 'coordinator', until: 0, met: true }
		};
		return getsOntoTheRoll(cora, act, eszter.id);
	});

	wants('Mallory on the roll by her own word', async () => {
		const act: Act = {
			...{ do: 'admit', ...(await malloryKeys()) },
			...{ role: 'expert', until: 0, met: false }
		};
		return getsOntoTheRoll(cora, act, mallory.id);
	});

	wants('Mallory let in by the printed key that she has not got', async () => {
		const act: Act = {
			...{ do: 'admit', ...(await malloryKeys()) },
			...{ role: 'coordinator', until: 0, met: false }
		};
		return getsOntoTheRoll(cora, act, mallory.id, 'spare');
	});

	wants('the coordinator put out of her team', () =>
		getsOntoTheRoll(cora, { do: 'end', user: eszter.id }, eszter.id)
	);

	wants('a circle key of its own on the roll', async () => {
		const act: Act = { do: 'circle', key: freshId(), name: 'members', recipient: 'a'.repeat(64) };
		return getsOntoTheRoll(cora, act, eszter.id);
	});

	wants('the roll founded a second time', async () => {
		const act: Act = { do: 'found', instance, name: 'Dunapart', ...(await malloryKeys()) };
		return getsOntoTheRoll(cora, act, mallory.id);
	});

	wants('a roll cut short, so that nobody knows Cora any more', async () => {
		tells([]);
		await followTeam(bartek.device, bartek.remote, { id: team, roll: 1 }, instance);
		town.rewrite = (answer) => answer;
		const row = await bartek.device.roll(team);
		const forgot = row?.roll?.seats[cora.id] === undefined;
		const silent = row?.trouble === '';
		await bartek.addressee();
		return forgot || silent;
	});

	wants('somebody who left back in by an old link', async () => {
		const leaver = await town.comes('Leaver', 'expert', eszter);
		const roll = await eszter.roll();
		const admitted = (await fetchRoll()).at(-1);
		const key = await signingKey(eszter.secrets.seed);
		const end = await writeLink(roll, team, { do: 'end', user: leaver.id }, eszter.id, key, Date.now());
		tells([end.link, admitted ?? end.link]);
		const seq = (roll?.seq ?? 0) + 2;
		await followTeam(eszter.device, eszter.remote, { id: team, roll: seq }, instance);
		const now = await eszter.roll();
		town.rewrite = (answer) => answer;
		await followTeam(eszter.device, eszter.remote, { id: team, roll: roll?.seq ?? 0 }, instance);
		return now?.seq === seq;
	});
});

async function fetchRoll(): Promise<{ text: string; proof: string }[]> {
	const page = await eszter.remote.roll(team, 0);
	if (!page.ok) throw new Error('the roll could not be read');
	return page.value.links.map(({ text, proof }) => ({ text, proof }));
}

describe('the accounts', () => {
	wants('what is for Cora sealed to Mallory’s key', async () =>
		withRow(cora, await posingAs(cora), async () => {
			await eszter.pull();
			const reader = readerFor(await eszter.trust(), { user: cora.id });
			return reader?.recipient === mallory.account.recipient;
		})
	);

	wants('Mallory’s signatures taken for Cora’s', async () =>
		withRow(cora, await posingAs(cora), async () => {
			await eszter.pull();
			return (await eszter.trust()).verifiersOf(cora.id, team, 0).includes(mallory.account.verifier);
		})
	);

	wants('the same on a device that has never seen Cora', async () =>
		withRow(cora, await posingAs(cora), async () => {
			const fresh = await town.again(eszter);
			await fresh.pull();
			const trust = await fresh.trust();
			const reader = readerFor(trust, { user: cora.id });
			return reader !== null || trust.verifiersOf(cora.id, team, 0).includes(mallory.account.verifier);
		})
	);

	wants('a reporter’s keys changed without anybody noticing', async () => {
		await bartek.alerts();
		await cora.pull();
		return withRow(bartek, await posingAs(bartek), async () => {
			await cora.pull();
			return readerFor(await cora.trust(), { user: bartek.id }) !== null;
		});
	});

	wants('keys taken that their owner never signed', async () => {
		const stranger = await town.comes('Stranger');
		await stranger.alerts();
		return withRow(stranger, { id: stranger.id, recipient: mallory.account.recipient }, async () => {
			const fresh = await town.again(cora);
			await fresh.pull();
			return readerFor(await fresh.trust(), { user: stranger.id }) !== null;
		});
	});

	wants('Cora shown under Eszter’s name', async () =>
		withRow(cora, { id: cora.id, name: 'Eszter' }, async () => {
			await bartek.pull();
			const fresh = await town.again(eszter);
			await fresh.pull();
			const names = [eszter, fresh].map(async (one) => (await one.trust()).pins.get(cora.id)?.name);
			return (await Promise.all(names)).includes('Eszter');
		})
	);

	wants('a named person passed off as somebody without a name', async () =>
		withRow(bartek, { id: bartek.id, kind: 'coded' }, async () => {
			await cora.pull();
			const pin = (await cora.trust()).pins.get(bartek.id);
			return pin?.kind === 'coded' && pin.changed === '';
		})
	);

	wants('somebody without an account shown under Eszter’s name, which they signed themselves', async () => {
		const nobody = await town.comesByCode(newCode((bytes) => crypto.getRandomValues(bytes)));
		await nobody.alerts();
		const row = { ...before(nobody), name: 'Eszter' } as Row & typeof nobody.account;
		const card = await attest(await signingKey(nobody.secrets.seed), 'card', cardFields(instance, row));
		return withRow(nobody, { id: nobody.id, name: 'Eszter', proof: card }, async () => {
			await cora.pull();
			const pin = (await cora.trust()).pins.get(nobody.id);
			if (pin?.changed !== '') throw new Error('the name did not even arrive');
			return pin.name !== '';
		});
	});

	wants('the same by an account that turns into a named one', async () => {
		const nobody = await town.comesByCode(newCode((bytes) => crypto.getRandomValues(bytes)));
		await nobody.alerts();
		await cora.pull();
		const row = { ...before(nobody), kind: 'named', name: 'Eszter' } as Row & typeof nobody.account;
		const card = await attest(await signingKey(nobody.secrets.seed), 'card', cardFields(instance, row));
		return withRow(nobody, { id: nobody.id, kind: 'named', name: 'Eszter', proof: card }, async () => {
			await cora.pull();
			return (await cora.trust()).pins.get(nobody.id)?.name !== '';
		});
	});

	wants('somebody without an account passed off as a member', async () => {
		const nobody = await town.comesByCode(newCode((bytes) => crypto.getRandomValues(bytes)));
		await nobody.alerts();
		return withRow(nobody, { id: nobody.id, kind: 'named', name: 'Eszter' }, async () => {
			await cora.pull();
			const pin = (await cora.trust()).pins.get(nobody.id);
			return pin !== undefined && pin.changed === '';
		});
	});

	wants('a list of members that grows by Mallory', async () => {
		const id = freshId();
		await town.writes('create', 'memberships', { id, team, user: mallory.id, role: 'coordinator' });
		await eszter.pull();
		const { ring } = await eszter.trust();
		const circles = CIRCLES.map((circle) => ({ team, circle }));
		const readers = personsOf(ring.rolls, circles, Date.now());
		await town.writes('delete', 'memberships', { id });
		return readers.includes(mallory.id);
	});
});
