/** Another team on a stage, with one coordinator. Nobody can found one through the app yet, so the operator writes the rows. */
import { stretch } from '../../src/lib/crypto/stretch';
import { Facts } from '../../src/lib/domain/records';
import { makeFounding } from '../../src/lib/sync/account';
import { anOperator, call, create, mustBe, signUpBody, update } from '../contract/world';
import type { Account, Stage } from './stage';

export async function foundSecond({ server }: Stage, teamName: string, login: string): Promise<Account> {
	const facts = await mustBe(200, call(server, 'GET', '/api/heed/facts'));
	const passphrase = 'silver kettle narrow window evening';
	const name = login.replace(/^./, (first) => first.toUpperCase());
	const { founding } = await makeFounding(
		{
			...{ code: '', name, login, passphrase, locale: 'en', teamName, areaName: teamName, country: 'HU' },
			...{ agencyName: `Municipality of ${teamName}`, sector: 'municipality' }
		},
		stretch,
		Date.now(),
		facts.body.instance
	);
	const operator = await anOperator(server);
	const make = (collection: string, row: object) => mustBe(200, create(server, operator, collection, row));
	const { account, area, team, agency, recovery, circles, membership, roll } = founding;
	const { ticket, ...paper } = recovery;
	await make('users', signUpBody(account));
	await make('areas', area);
	await make('teams', {
		...{ id: team.id, name: team.name, area: area.id, locale: team.locale, invite: team.invite },
		...{ open: true, coded: true, idle: {}, form: {}, ticket }
	});
	await make('agencies', { ...agency, team: team.id });
	await make('memberships', {
		...{ id: membership, team: team.id, user: account.id, agency: agency.id, role: 'coordinator' }
	});
	const made = { team: team.id, maker: account.id };
	await make('keys', { ...made, ...paper, name: 'recovery' });
	for (const { grant, spare, ...circle } of circles) {
		await make('keys', { ...made, ...circle });
		await make('grants', { ...grant, key: circle.id, giver: account.id, user: account.id });
		await make('grants', { ...spare, key: circle.id, giver: account.id, via: recovery.id });
	}
	for (const [at, { text, proof }] of roll.entries())
		await make('roll', {
			id: `${team.id.slice(0, 13)}${String(at).padStart(2, '0')}`,
			team: team.id,
			seq: at + 1,
			text,
			proof,
			by: account.id
		});
	return { login, passphrase };
}

/** Puts areas of teams into that of another one, as an operator does. */
export async function putWithin({ server }: Stage, teams: readonly string[], above: string): Promise<void> {
	const { body } = await mustBe(200, call(server, 'GET', '/api/heed/facts'));
	const all = Facts.parse(body).teams;
	const areaOf = (name: string): string => all.find((team) => team.name === name)?.areas?.[0] ?? '';
	const operator = await anOperator(server);
	for (const name of teams)
		await mustBe(200, update(server, operator, 'areas', areaOf(name), { parent: areaOf(above) }));
}
