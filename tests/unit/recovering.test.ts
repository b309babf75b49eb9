/** What asking for new keys needs before anything is sent, and what the server may answer. */
import { expect, test } from 'vitest';
import { Due, Undue } from '../../src/lib/domain/recovery';
import { detour } from '../../src/lib/ui/ways';
import { BY_LINK, teamOf, wrong, type Answers } from '../../src/routes/recover/answers';
import { idOf, TEAM } from './people';

const link = `https://heed.example/join#${TEAM}.${'a'.repeat(30)}.${'b'.repeat(64)}`;
const right: Answers = {
	...{ login: ' Cora ', team: TEAM, link: '' },
	...{ passphrase: 'violett pinie perfekt ventil stollen rodel', kept: true }
};

test('a login, a team and a passphrase on paper are enough', () => {
	expect(wrong(right)).toEqual({});
	expect(teamOf(right)).toBe(TEAM);
});

test.for<[string, Partial<Answers>, ReturnType<typeof wrong>]>([
	['no login', { login: ' ' }, { login: 'login' }],
	['no team', { team: '' }, { team: 'choose' }],
	['a link that is not whole', { team: BY_LINK, link: link.slice(0, -1) }, { link: 'link' }],
	['words that are not on paper', { kept: false }, { passphrase: 'kept' }],
	['a short passphrase', { passphrase: 'short' }, { passphrase: 'short' }],
	['the login in the passphrase', { passphrase: 'cora violett pinie perfekt ventil' }, { passphrase: 'own' }]
])('%s is said at its field', ([, change, problems]) => {
	expect(wrong({ ...right, ...change })).toEqual(problems);
});

test('a team that takes no alerts is found by its join link', () => {
	const answers = { ...right, team: BY_LINK, link };
	expect(wrong(answers)).toEqual({});
	expect(teamOf(answers)).toBe(TEAM);
});

test('asking needs nobody signed in, and drafts from before somebody unlocked', () => {
	const me = {
		...{ id: idOf('cora'), name: 'Cora', login: 'cora', locked: true },
		...{ signedOut: false, tooLongAway: false, roles: [], coded: false, unkept: false }
	};
	for (const path of ['/recover', '/recover/paper']) {
		expect(detour(path, null, true)).toBeNull();
		expect(detour(path, me, true)).toBeNull();
	}
	expect(detour('/recover/drafts', null, true)).toBe('/sign-in?to=%2Frecover%2Fdrafts');
	expect(detour('/recover/drafts', me, true)).toBe('/unlock?to=%2Frecover%2Fdrafts');
	expect(detour('/recover/drafts', { ...me, locked: false }, true)).toBeNull();
});

test('an answer is either of the two, and nothing else is believed', () => {
	const due = { user: idOf('cora'), name: 'Cora', kind: 'named' };
	const undue = { code: 'approvals', after: '', minutes: 1440, approvals: 1 };
	expect(Due.safeParse(due).success && Undue.safeParse(undue).success).toBe(true);
	expect(Due.safeParse(undue).success || Undue.safeParse(due).success).toBe(false);
	for (const wrong of [null, {}, { ...undue, approvals: -1 }, { ...undue, code: 'fine' }])
		expect(Undue.safeParse(wrong).success).toBe(false);
	for (const wrong of [
		{ ...due, user: 'x' },
		{ ...due, kind: 'both' },
		{ ...due, name: '' }
	])
		expect(Due.safeParse(wrong).success).toBe(false);
});
