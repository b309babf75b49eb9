import { expect, test } from 'vitest';
import type { CaseLine, Me } from '../../src/lib/app';
import { complete, wrong } from '../../src/routes/found/wrong';
import { groups } from '../../src/routes/team/groups';
import { keyAct } from '../../src/routes/team/keys';
import { detour, landing, onward } from '../../src/lib/ui/ways';

const ana: Me = {
	id: 'ana000000000000',
	name: 'Ana',
	login: 'ana',
	locked: false,
	signedOut: false,
	tooLongAway: false,
	coded: false,
	unkept: false,
	roles: []
};
const cora: Me = { ...ana, roles: [{ team: 'team00000000000', teamName: 'T', role: 'expert' }] };

test('what was written opens only for whoever is signed in and unlocked', () => {
	expect(detour('/case/x', ana, true)).toBeNull();
	expect(detour('/tray', null, true)).toBe('/sign-in?to=%2Ftray');
	expect(detour('/tray', { ...ana, locked: true }, true)).toBeNull();
	expect(detour('/case/x', { ...ana, locked: true }, true)).toBe('/unlock?to=%2Fcase%2Fx');
	expect(detour('/team', { ...cora, locked: true }, true)).toBe('/unlock?to=%2Fteam');
	expect(detour('/team', null, true)).toBe('/sign-in?to=%2Fteam');
});

test('a new alert never needs unlocking, but somebody who is known here', () => {
	expect(detour('/alert/new', { ...ana, locked: true }, true)).toBeNull();
	expect(detour('/alert/new', null, true)).toBe('/sign-in?to=%2Falert%2Fnew');
});

test('an instance that is not founded leads to its founding, an unknown one nowhere', () => {
	expect(detour('/', null, false)).toBe('/found');
	expect(detour('/found', null, false)).toBeNull();
	expect(detour('/', null, null)).toBeNull();
});

test('a way on stays on this site', () => {
	expect(onward('/case/x')).toBe('/case/x');
	for (const to of [null, '', '//evil.example', '/\\evil.example', 'https://evil.example'])
		expect(onward(to)).toBeNull();
});

test('a member lands at the team on a wide screen, everybody else at home', () => {
	expect(landing(cora, true)).toBe('/team');
	expect(landing(cora, false)).toBe('/');
	expect(landing(ana, true)).toBe('/');
});

test('the queue says whose each case is and keeps the order it came in', () => {
	const line = (id: string, owner: string | null): CaseLine =>
		({ id, due: null, owner: owner && { id: owner, name: owner } }) as unknown as CaseLine;
	const all = [line('a', 'x'), line('b', null), line('c', 'me'), line('d', null)];
	const grouped = groups(all, 'me', 0);
	expect(grouped.map(({ key, lines }) => [key, lines.map(({ id }) => id).join('')])).toEqual([
		['open', 'bd'],
		['mine', 'c'],
		['others', 'a']
	]);
});

const pressed = (key: string, more = {}) => ({
	key,
	target: { tagName: 'A' } as unknown as EventTarget,
	ctrlKey: false,
	metaKey: false,
	altKey: false,
	defaultPrevented: false,
	isComposing: false,
	...more
});

test('single keys act, but not while somebody writes, chooses, composes, or has turned them off', () => {
	expect(keyAct(pressed('j'), true, false)).toBe('next');
	expect(keyAct(pressed('k'), true, false)).toBe('previous');
	expect(keyAct(pressed('a'), true, false)).toBe('write');
	expect(keyAct(pressed('/'), true, false)).toBe('find');
	expect(keyAct(pressed('/'), false, false)).toBeNull();
	expect(keyAct(pressed('j'), false, false)).toBeNull();
	expect(keyAct(pressed('j'), true, true)).toBeNull();
	expect(keyAct(pressed('a', { ctrlKey: true }), true, false)).toBeNull();
	expect(keyAct(pressed('j', { isComposing: true }), true, false)).toBeNull();
	for (const tagName of ['INPUT', 'SELECT', 'TEXTAREA']) {
		expect(keyAct(pressed('j', { target: { tagName } }), true, false)).toBeNull();
		expect(keyAct(pressed('Escape', { target: { tagName } }), true, false)).toBe('leave');
	}
});

const answers = {
	code: ' 1234 ',
	name: 'Eszter',
	login: 'Eszter',
	passphrase: 'four words that stay',
	teamName: 'Team',
	areaName: 'Dąbrowa Górnicza',
	country: 'PL',
	agencyName: 'Town hall',
	sector: 'municipality'
};

test('founding says what is wrong at which field, and sends only what is whole', () => {
	expect(
		wrong({ ...answers, code: ' ', login: 'a b', passphrase: 'short', country: '', sector: '' })
	).toEqual({
		code: 'missing',
		login: 'login',
		passphrase: 'short',
		country: 'choose',
		sector: 'choose'
	});
	expect(complete({ ...answers, name: '' })).toBeNull();
	expect(complete(answers)).toMatchObject({ code: '1234', login: 'eszter', passphrase: answers.passphrase });
});
