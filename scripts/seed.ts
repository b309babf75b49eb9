/**
 * Founds the demo team and signs its named people up, each with keys of their own, by the same code as the app's.
 * Usage: seed ADDRESS CODE. Prints a line of JSON for each person: {name, role, login, passphrase, path}.
 */
import { makeAccount, makeFounding, unwrap } from '../src/lib/sync/account';
import { open } from '../src/lib/crypto/age';
import { fromBase64 } from '../src/lib/crypto/bytes';
import { derive } from '../src/lib/crypto/passphrase';
import { signingKey } from '../src/lib/crypto/proof';
import { followRoll } from '../src/lib/crypto/roll';
import { stretch } from '../src/lib/crypto/stretch';
import { findWork } from '../src/lib/crypto/work';
import type { Alert } from '../src/lib/domain/alert';
import type { Locale, Role } from '../src/lib/domain/lists';
import type { Roll } from '../src/lib/domain/roll';
import { workDay } from '../src/lib/domain/work';
import { makeAdmission } from '../src/lib/sync/admission';
import type { Parcel } from '../src/lib/store/person';
import { freshId, makeAlert, makeStatement } from '../src/lib/sync/outgoing';
import { connect, type Remote } from '../src/lib/sync/remote';

type Person = {
	name: string;
	login: string;
	locale: Locale;
	passphrase: string;
	role: Role | 'reporter';
	path: string;
};

const ESZTER: Person = {
	name: 'Eszter',
	login: 'eszter',
	locale: 'hu',
	role: 'coordinator',
	path: '/team',
	passphrase: 'piros alma csendes este hajnal'
};
const OTHERS: Person[] = [
	{
		name: 'Ana',
		login: 'ana',
		locale: 'ro',
		role: 'reporter',
		path: '/',
		passphrase: 'munte verde ploaie caldă poveste'
	},
	{
		name: 'Bartek',
		login: 'bartek',
		locale: 'pl',
		role: 'reporter',
		path: '/',
		passphrase: 'zielony las stary rower niedziela'
	},
	{
		name: 'Cora',
		login: 'cora',
		locale: 'de',
		role: 'expert',
		path: '/team',
		passphrase: 'blaue tasse warmer regen brücke'
	},
	{
		name: 'Dorin',
		login: 'dorin',
		locale: 'ro',
		role: 'police',
		path: '/team',
		passphrase: 'drum lung lună plină fereastră'
	},
	{
		name: 'Frieda',
		login: 'frieda',
		locale: 'en',
		role: 'guest',
		path: '/team',
		passphrase: 'quiet harbour seven lanterns glow'
	}
];

const [address = '', code = ''] = process.argv.slice(2);

const { founding } = await makeFounding(
	{
		...ESZTER,
		code,
		teamName: 'Dunapart',
		areaName: 'Dunapart',
		country: 'HU',
		agencyName: 'Municipality of Dunapart',
		sector: 'municipality'
	},
	stretch,
	Date.now()
);
const status = await connect(address).found(founding);
if (status !== 200) throw new Error(`The demo team could not be founded: the server answered ${status}.`);

const eszter = await signIn(ESZTER);
const circles = await Promise.all(
	founding.circles.map(async ({ id, name, grant }) => {
		const identity = new TextDecoder().decode(await open(fromBase64(grant.sealed), eszter.secrets.identity));
		return { id, name, identity };
	})
);
let roll = await followed();

for (const person of OTHERS) {
	const { account } = await makeAccount(person, founding.instance, stretch);
	const work = await workFor(eszter.remote, account.login);
	const outcome = await eszter.remote.signUp(account, founding.team.invite, work);
	if (outcome.is !== 'accepted') throw new Error(`${person.name} could not be signed up: ${outcome.is}.`);
	if (person.role === 'reporter') continue;
	const { id: user, recipient, verifier } = account;
	const place = { agency: founding.agency.id, role: person.role, until: 0, met: true };
	const keys = { user, recipient, verifier };
	const made = await makeAdmission(roll, eszter.author.hand, circles, keys, place, Date.now());
	const admitted = await eszter.remote.write(made.writes);
	if (admitted.is !== 'accepted') throw new Error(`${person.name} could not be admitted: ${admitted.is}.`);
	roll = made.roll;
}

await tellAStory();

for (const { name, role, login, passphrase, path } of [ESZTER, ...OTHERS]) {
	console.log(JSON.stringify({ name, role, login, passphrase, path }));
}

/** One alert of Bartek's and Cora's answer, so that the first look shows something. */
async function tellAStory(): Promise<void> {
	const [bartek, cora] = [await signIn(OTHERS[1] as Person), await signIn(OTHERS[2] as Person)];
	const facts = await bartek.remote.facts();
	const team = facts.ok ? facts.value.teams[0] : undefined;
	if (!team) throw new Error('The server does not show the team that was founded.');

	const alert: Alert = {
		kind: 'alert',
		at: Date.now(),
		theme: 'hate',
		type: 'propaganda',
		setting: 'school_grounds',
		place: 'Dunapart',
		when: 'od poniedziałku',
		urgency: 'soon',
		story:
			'Na przystanku przed szkołą pojawiły się naklejki wymierzone w uchodźców. Uczniowie z dziewiątej klasy robią sobie przy nich zdjęcia i śmieją się. Dwie osoby poprosiły mnie, żebym coś z tym zrobił.',
		photos: []
	};
	const made = await makeAlert(alert, { ...team, roll: roll.seq }, bartek.author, new Map(), Date.now());
	await deliver(bartek.remote, made.parcel);

	const [routing] = made.local.cases;
	const [key] = made.local.keys;
	if (!routing || !key) throw new Error('an alert always makes a case and a key');
	const text =
		'Danke, dass Sie geschrieben haben. Bitte nehmen Sie die Aufkleber nicht vor den Jugendlichen ab, sondern fotografieren Sie sie und sprechen Sie morgen mit den beiden, die zu Ihnen gekommen sind. Ich rufe die Schulsozialarbeit an.';
	let after = [made.header.entry];
	for (const [at, content] of [
		{ kind: 'seen' as const, at: Date.now() },
		{ kind: 'message' as const, at: Date.now(), text }
	].entries()) {
		const turn = { after, seq: at + 1, roll: roll.seq };
		const { parcel } = await makeStatement(content, routing, key, cora.author, turn, {}, Date.now());
		after = [parcel.item.id];
		await deliver(cora.remote, parcel);
	}
}

async function followed(): Promise<Roll> {
	const page = await eszter.remote.roll(founding.team.id, 0);
	const read = page.ok && (await followRoll(null, page.value.links, founding.team.id));
	if (!read || !read.ok || !read.value)
		throw new Error('The server does not show the roll that was founded.');
	return read.value;
}

async function deliver(remote: Remote, { batch }: Parcel) {
	const outcome = await remote.sendBatch(batch.writes, batch.id, batch.digest);
	if (outcome.is !== 'accepted') throw new Error(`The demo story could not be told: ${outcome.is}.`);
}

async function signIn({ login, passphrase }: Person) {
	const derived = await derive(passphrase, founding.instance, login, stretch);
	const remote = connect(address);
	const answer = await remote.signIn(login, derived.auth, await workFor(remote, login));
	if (!answer.ok) throw new Error(`${login} could not sign in: ${answer.error.kind}.`);
	const { id: user, recipient } = answer.value.record;
	const secrets = await unwrap(derived, answer.value.record);
	if (!secrets) throw new Error(`What the server keeps for ${login} does not open.`);
	const hand = { user, key: await signingKey(secrets.seed), certificate: null };
	return { remote, secrets, author: { recipient, device: freshId(), hand } };
}

async function workFor(remote: Remote, login: string): Promise<string> {
	const facts = await remote.facts();
	const bits = (facts.ok && facts.value.work) || 0;
	return findWork({ instance: founding.instance, login, bits, day: workDay(Date.now()) });
}
