/**
 * The schemas in src/lib/domain/records.ts and the migrations say the same, in two languages: every value here gets the
 * same verdict from both, and what the server accepts it keeps unchanged. Kinds are left out (a number where a text
 * belongs): PocketBase casts them, and what it then stores passes or fails as any other text.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { KNOWS_LIST_MAX, KNOWS_MAX } from '../../src/lib/domain/expertise';
import { FORM_MAX, OWN_MAX, TEXT_MAX, WORD_MAX } from '../../src/lib/domain/form';
import { NOTICES, SYSTEMS } from '../../src/lib/domain/notice';
import { STATES } from '../../src/lib/domain/piece';
import { AUDIENCES, CIRCLES, LOCALES, PHASES, ROLES, SECTORS, URGENCIES } from '../../src/lib/domain/lists';
import {
	BLOB_PART_BYTES,
	COLLECTIONS,
	NAMELESS,
	NewAccount,
	type Collection
} from '../../src/lib/domain/records';
import * as w from './world';
import { call, create, id, NOW, report, upload, type Someone, type World } from './world';

let world: World;
let operator: Someone;
let alert: Awaited<ReturnType<typeof report>>;
/** One for every row of approvals, since nobody approves twice. */
let recoveries: string[];
beforeAll(async () => {
	world = await w.makeWorld();
	operator = await w.anOperator(world.server);
	alert = await report(world, world.ana);
	const asked = Array.from({ length: 40 }, () => ({ ...w.aRecovery(world, world.bartek), ...HIDDEN }));
	for (const one of asked) await w.mustBe(200, create(world.server, operator, 'recoveries', one));
	recoveries = asked.map((one) => one.id);
});
/** What no answer shows and only the server may set. */
const HIDDEN = { ticket: w.digestOf('x') };
afterAll(() => world.server.stop());

type Row = Record<string, unknown>;
/** undefined leaves the field out. */
interface Values {
	good: unknown[];
	bad: unknown[];
	/** Rules forbid this to people; the fields' own verdict is what counts here. */
	byOperator?: boolean;
}

const bytes = new Uint8Array([1, 2, 3, 4]);
const times = (text: string, count: number) => text.repeat(count);
const base64 = (max: number): Values => ({
	good: ['AAAA', 'QUJDRA==', 'QUJDREU=', '+/+/', times('A', max)],
	bad: ['', undefined, 'AAA', 'AA A', 'AA-_', 'AAAA===', '====', 'AAAA\n', 'AAAĄ', times('A', max + 1)]
});
const IDS: Values = {
	good: ['abcdefghij01234', '000000000000000'],
	bad: [
		'',
		undefined,
		'abcdefghij0123',
		'abcdefghij012345',
		'ABCDEFGHIJ01234',
		'abcdefghij-1234',
		'abcdefghij0123\n',
		'ąbcdefghij01234'
	]
};
const NAMES: Values = {
	good: [
		'x',
		' ',
		times('a', 120),
		times('ż', 120),
		times('🙂', 120),
		'Ana "A" <b>&amp;</b>',
		"O'Neill; DROP TABLE users"
	],
	bad: ['', undefined, times('a', 121), times('ż', 121), times('🙂', 121)]
};
const RECIPIENTS: Values = {
	good: [`age1pq1${times('q', 2493)}`, 'age1pq1qpzry9x8'],
	bad: [
		'',
		undefined,
		'age1pq1',
		'age1qpzry9x8',
		'AGE1PQ1QPZRY9X8',
		'age1pq1b',
		'age1pq1i',
		'age1pq1qp\n',
		' age1pq1qp',
		`age1pq1${times('q', 2494)}`
	]
};
const PROOFS: Values = {
	good: [`${times('A', 86)}==`, w.aProof()],
	bad: [
		'',
		undefined,
		`${times('A', 85)}===`,
		`${times('A', 87)}=`,
		times('A', 88),
		`${times('A', 87)}==`,
		`${times('-', 86)}==`,
		`${times('A', 86)}==\n`
	]
};
const LOGINS: Values = {
	good: [
		'abc',
		'ana.b',
		'żółw',
		'用户名',
		'3ab',
		'a_b@c-d.pl',
		times('a', 60),
		times('ż', 60),
		'𝐚𝐛𝐜',
		times('𝐚', 60),
		'ß12',
		'ªº1'
	],
	bad: [
		'',
		undefined,
		'ab',
		'Ana',
		'anA',
		'.ana',
		'-ana',
		'@ana',
		'ana b',
		' ana',
		'ana ',
		'ana\n',
		'a\u0301na',
		'ユーザー',
		times('a', 61),
		'𝐚𝐛',
		times('𝐚', 61),
		'ana!',
		'ana+b',
		'ǅab'
	]
};
const VERIFIERS: Values = {
	good: [`${times('A', 43)}=`, w.aVerifier()],
	bad: [
		'',
		undefined,
		`${times('A', 42)}==`,
		times('A', 44),
		`${times('A', 44)}=`,
		`${times('_', 43)}=`,
		` ${times('A', 43)}=`,
		`${times('A', 43)}=\n`
	]
};
const ENDED: Values = {
	good: ['', NOW, '2026-99-99 99:99:99.999Z'],
	bad: [
		'2026-11-20',
		'2026-11-20T10:42:00.000Z',
		'2026-11-20 10:42:00Z',
		'2026-11-20 10:42:00.000',
		'now',
		`${NOW}\n`
	],
	byOperator: true
};
const DIGESTS: Values = {
	good: [times('0', 64), w.digestOf('x')],
	bad: ['', undefined, times('0', 63), times('0', 65), times('A', 64), times('g', 64)]
};
const LIST_KEYS: Values = {
	good: ['a', 'hate_speech', '7', times('x', 40)],
	bad: ['', undefined, times('x', 41), 'Hate', 'hate-speech', 'hate speech', 'ż', 'hate\n']
};
/** What a list, an answer or a language is called. */
const NAMED: Values = {
	good: ['a', 'type', 'own_safety', times('x', 40)],
	bad: ['', '_a', '1a', 'A', 'pl-PL', 'ż', 'a\n', times('x', 41)]
};
const text = (max: number): Values => ({
	good: ['', times('a', max), times('ż', max), times('🙂', max), 'Straße <b>&amp;</b> "x"\n\n– Ende'],
	bad: [times('a', max + 1), times('🙂', max + 1), null, 5, ['a'], { pl: 'a' }]
});
const own = (count: number) => Array.from({ length: count }, (_, i) => `own_${i}`);
/** Each value at its place in a form. */
const placed = (values: Values, ...places: ((value: unknown) => unknown)[]): Values => ({
	good: places.flatMap((place) => values.good.map(place)),
	bad: places.flatMap((place) => values.bad.map(place))
});
const inType = (change: unknown) => ({ lists: { type: change } });
const filled = (letter: string, length: number) => ({
	later: times(letter, Math.floor((length - JSON.stringify({ later: '' }).length) / letter.length))
});
/** Lists of keys, as long as that together. */
const listing = (length: number) => {
	const lists = Object.fromEntries(
		Array.from({ length: 4 }, (_, at) => [`l${at}`, Array.from({ length: 22 }, () => times('x', 40))])
	);
	const left = length - JSON.stringify({ ...lists, l4: [] }).length;
	const full = Math.floor(left / 43) - 1;
	const rest = left - full * 43;
	const keys = Array.from({ length: full }, () => times('x', 40));
	return {
		...lists,
		l4: [...keys, times('x', Math.ceil(rest / 2) - 3), times('x', Math.floor(rest / 2) - 2)]
	};
};
const no: unknown[] = [null, [], 'x', 5, true];
const FORMS: Values[] = [
	{
		good: [undefined, {}, { later: { colour: ['teal', null, 1.5] } }, { ask: true, emergency: '112' }],
		bad: no.filter((value) => value !== null)
	},
	placed(NAMED, (name) => ({ main: name })),
	placed(NAMED, (name) => ({ lists: { [name as string]: {} } })),
	placed(NAMED, (name) => ({ duties: { [name as string]: 'a' } })),
	placed(NAMED, (name) => inType({ words: { [name as string]: {} } })),
	placed(NAMED, (name) => inType({ words: { threat: { [name as string]: 'a' } } })),
	placed(NAMED, (name) => inType({ hidden: [name] })),
	placed(text(TEXT_MAX), (said) => ({ first: { pl: said } })),
	placed(text(TEXT_MAX), (said) => ({ duties: { hu: said } })),
	placed(text(WORD_MAX), (said) => inType({ words: { threat: { de: said } } })),
	placed(
		{ good: [], bad: no },
		(value) => ({ first: value }),
		(value) => inType(value),
		(value) => inType({ words: value }),
		(value) => inType({ words: { threat: value } })
	),
	placed({ good: [], bad: no.filter((value) => !Array.isArray(value)) }, (value) => ({ lists: value })),
	{
		good: [inType({ hidden: [] }), inType({ hidden: own(60) }), inType({ hidden: ['threat'], own: [] })],
		bad: [inType({ hidden: own(61) }), inType({ hidden: [5] }), inType({ hidden: { threat: true } })]
	},
	{
		good: [inType({ own: own(OWN_MAX) }), inType({ own: ['own_a', `own_${times('z', 24)}`] })],
		bad: [
			...['own_safety', 'threat', 'own_', 'own_A', 'own_a_b', `own_${times('z', 25)}`, 'own_a\n', 5],
			...[null, '']
		]
			.map((key) => inType({ own: [key] }))
			.concat(inType({ own: own(OWN_MAX + 1) }), inType({ own: 'own_a' }))
	},
	placed(
		{ good: ['', '0', '112', '116117'], bad: ['1234567', '11 2', '+48', '١١٢', '112\n', 112, null] },
		(digits) => ({ emergency: digits })
	),
	placed({ good: ['close', 'usual', 'wide'], bad: ['', 'Close', 0.5, null] }, (similar) => ({ similar })),
	placed({ good: [true, false], bad: ['true', 1, null] }, (ask) => ({ ask })),
	{
		good: ['x', 'ż', '🙂', '<'].map((letter) => filled(letter, FORM_MAX)),
		bad: ['x', 'ż', '<'].map((letter) => filled(letter, FORM_MAX + 1))
	}
];

const KNOWS: Values[] = [
	{
		good: [undefined, {}, { theme: ['hate'], strand: ['mixed', 'own_a'] }, { later: [] }],
		bad: [[], 'x', 5, true]
	},
	placed(NAMED, (name) => ({ [name as string]: [] })),
	placed(NAMED, (name) => ({ type: [name] })),
	placed({ good: [], bad: [null, 'threat', 5, true, {}, { threat: true }] }, (value) => ({ type: value })),
	{
		good: [{ type: own(KNOWS_LIST_MAX) }],
		bad: [{ type: own(KNOWS_LIST_MAX + 1) }, { type: [5] }, { type: [null] }, { type: [['threat']] }]
	},
	{ good: [listing(KNOWS_MAX)], bad: [listing(KNOWS_MAX + 1)] }
];

const choice = (values: readonly string[], byOperator = false): Values => ({
	good: [...values],
	bad: ['', undefined, 'none_of_these', values[0]?.toUpperCase(), ` ${values[0]}`],
	byOperator
});
const optionalId = (): Values => ({ good: [''], bad: ['short', 'ABCDEFGHIJ01234'], byOperator: true });

const FIELDS: {
	[name in Collection]: { row: () => Row; by: () => Someone; fields: Record<string, Values> };
} = {
	users: {
		row: () => ({}),
		by: () => operator,
		fields: {} // as people sign up, below
	},
	areas: {
		row: () => ({ id: id(), name: 'Brașov', country: 'RO', parent: '' }),
		by: () => operator,
		fields: {
			id: IDS,
			name: NAMES,
			country: { good: ['PL', 'DE', 'HU', 'XX'], bad: ['', undefined, 'pl', 'POL', 'P', 'P1', 'PL\n'] },
			parent: optionalId()
		}
	},
	teams: {
		row: () => ({
			id: id(),
			name: 'Echipa',
			area: world.founding.area.id,
			locale: 'ro',
			open: true,
			coded: false,
			roll: 0,
			idle: {},
			form: {},
			invite: id() + id()
		}),
		by: () => operator,
		fields: {
			id: IDS,
			name: NAMES,
			locale: choice(LOCALES),
			open: { good: [true, false], bad: [] },
			coded: { good: [true, false], bad: [] },
			roll: { good: [0, 1, 4711], bad: [-1, 1.5] },
			idle: {
				good: [{}, { police: 1 }, { expert: 15, coordinator: 60, 'some day': 5 }],
				bad: [
					undefined,
					null,
					[],
					[5],
					5,
					'5',
					{ police: 0 },
					{ police: 61 },
					{ police: 1.5 },
					{ police: '5' },
					{ police: null },
					{ expert: 5, police: -5 }
				]
			},
			form: { good: FORMS.flatMap(({ good }) => good), bad: FORMS.flatMap(({ bad }) => bad) }
		}
	},
	agencies: {
		row: () => ({ id: id(), team: world.team, name: 'Szkoła', sector: 'school' }),
		by: () => operator,
		fields: { id: IDS, name: NAMES, sector: choice(SECTORS), team: { good: [], bad: ['', undefined, 'x'] } }
	},
	memberships: {
		row: () => w.aMembership(world, world.bartek, 'guest'),
		by: () => world.eszter,
		fields: {
			id: IDS,
			team: { good: [], bad: ['', undefined, 'x'] },
			user: { good: [], bad: ['', undefined, 'x'] },
			agency: { good: [''], bad: ['x'] },
			role: choice(ROLES),
			until: { ...ENDED, byOperator: false },
			ended: ENDED,
			knows: {
				good: KNOWS.flatMap(({ good }) => good),
				bad: KNOWS.flatMap(({ bad }) => bad),
				byOperator: true
			}
		}
	},
	keys: {
		row: () => w.aKey(world, world.ana, alert.kase.id),
		by: () => world.ana,
		fields: {
			id: IDS,
			name: choice([...CIRCLES, 'recovery', ...AUDIENCES], true),
			recipient: RECIPIENTS,
			case: { good: [''], bad: ['x'], byOperator: true },
			before: { good: [''], bad: ['x'] },
			maker: { good: [], bad: ['', undefined, 'x'] },
			proof: PROOFS,
			ended: ENDED
		}
	},
	grants: {
		row: () => w.aGrant(world.ana, alert.key.id, { user: world.frieda.id }),
		by: () => world.ana,
		fields: {
			id: IDS,
			key: { good: [], bad: ['', undefined, 'x'] },
			user: { good: [''], bad: ['x'], byOperator: true },
			via: { good: [''], bad: ['x'], byOperator: true },
			// A pull leaves it out for those it was not sealed to; the server never keeps it so.
			sealed: { ...base64(12_000), bad: base64(12_000).bad.filter((value) => value !== '') },
			digest: DIGESTS,
			proof: PROOFS,
			ended: ENDED
		}
	},
	requests: {
		row: () => ({ id: id(), team: world.team, user: world.bartek.id, answer: 'declined' }),
		by: () => operator,
		fields: {
			id: IDS,
			team: { good: [], bad: ['', undefined, 'x'] },
			user: { good: [], bad: ['', undefined, 'x'] },
			answer: { good: ['admitted', 'declined'], bad: ['perhaps', 'Admitted'] }
		}
	},
	recoveries: {
		row: () => w.aRecovery(world, world.bartek),
		by: () => operator,
		fields: {
			id: IDS,
			team: { good: [], bad: ['', undefined, 'x'] },
			user: { good: [], bad: ['', undefined, 'x'] },
			login: LOGINS,
			recipient: RECIPIENTS,
			verifier: VERIFIERS,
			proof: PROOFS,
			done: ENDED,
			refused: ENDED
		}
	},
	approvals: {
		row: () => ({
			...{ id: id(), recovery: recoveries.pop(), by: world.bartek.id },
			...{ before: w.aVerifier(), proof: w.aProof() }
		}),
		by: () => operator,
		fields: {
			id: IDS,
			recovery: { good: [], bad: ['', undefined, 'x'] },
			by: { good: [], bad: ['', undefined, 'x'] },
			before: VERIFIERS,
			proof: PROOFS
		}
	},
	cases: {
		row: () => w.aCase(world),
		by: () => world.ana,
		fields: {
			id: IDS,
			team: { good: [], bad: ['', undefined, 'x'] },
			sender: { good: ['', undefined], bad: ['x'] },
			theme: LIST_KEYS,
			type: LIST_KEYS,
			place: {
				good: ['', 'Dąbrowa Górnicza', times('ż', 120), times('🙂', 120)],
				bad: [undefined, times('a', 121), times('🙂', 121)]
			},
			urgency: choice(URGENCIES),
			phase: choice(PHASES, true),
			owner: { good: [''], bad: ['x'], byOperator: true }
		}
	},
	entries: {
		row: () => w.anEntry(world.ana, alert.kase.id, alert.key.id),
		by: () => world.ana,
		fields: {
			id: IDS,
			case: { good: [], bad: ['', undefined, 'x'] },
			key: { good: [], bad: ['', undefined, 'x'] },
			author: { good: [], bad: ['', undefined, 'x'] },
			kind: LIST_KEYS,
			sealed: base64(400_000),
			digest: DIGESTS
		}
	},
	blobs: {
		row: () => w.aBlob(world.ana, alert.key.id, bytes),
		by: () => world.ana,
		fields: {
			id: IDS,
			key: IDS,
			file: IDS,
			owner: { good: [], bad: ['', undefined, 'x'] },
			index: { good: [0, 1, 999], bad: [undefined, -1, 1000, 1.5] },
			count: { good: [1, 1000], bad: [undefined, 0, -1, 1001, 1.5] },
			digest: DIGESTS
		}
	},
	// The server writes these by itself.
	ladders: {
		row: () => ({
			...{ id: id(), team: world.team, case: id(), urgency: 'danger', steps: [] },
			...{ next: '', had: '', by: '', over: '', above: '' }
		}),
		by: () => operator,
		fields: {
			id: IDS,
			team: IDS,
			case: IDS,
			urgency: choice(['urgent', 'danger']),
			next: ENDED,
			had: ENDED,
			over: ENDED,
			above: { good: ['', 'abcdefghij01234'], bad: ['x', 'ABCDEFGHIJ01234'] },
			by: { good: ['', 'abcdefghij01234'], bad: ['x', 'ABCDEFGHIJ01234'] }
		}
	}
};

const short = (value: unknown) => {
	const text = value === undefined ? 'nothing' : JSON.stringify(value);
	return text.length > 40 ? `${text.slice(0, 30)}… of ${String(value).length}` : text;
};

const without = (row: Row) =>
	Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined));

for (const [name, { row, by, fields }] of Object.entries(FIELDS) as [
	Collection,
	(typeof FIELDS)[Collection]
][]) {
	for (const [field, values] of Object.entries(fields)) {
		const cases = [
			...values.good.map((value) => ({ verdict: 'accepts', value })),
			...values.bad.map((value) => ({ verdict: 'refuses', value }))
		].map((one) => ({ ...one, shown: short(one.value) }));

		test.for(cases)(`${name}.${field} $verdict $shown`, async ({ verdict, value }) => {
			const as = values.byOperator ? operator : by();
			const sent = without({ ...row(), [field]: value });
			const byRules = { rev: 1, created: NOW, part: 'x' };
			expect(COLLECTIONS[name].safeParse({ ...byRules, ...sent }).success, 'the schema').toBe(
				verdict === 'accepts'
			);

			const hidden =
				name === 'recoveries'
					? HIDDEN
					: name === 'cases' && as === operator
						? { reporter: world.ana.id }
						: {};
			const body = { ...sent, ...hidden };
			const answer =
				name === 'blobs'
					? await upload(world.server, as, body, bytes)
					: await create(world.server, as, name, body);
			expect(answer.status, JSON.stringify(answer.body)).toBe(verdict === 'accepts' ? 200 : 400);
			if (verdict === 'accepts')
				expect(COLLECTIONS[name].parse(answer.body)).toMatchObject(without({ ...sent, invite: undefined }));
		});
	}
}

describe('an account', () => {
	const ACCOUNT: Record<string, Values> = {
		id: IDS,
		login: LOGINS,
		name: { good: ['x', times('🙂', 120)], bad: ['', undefined, times('a', 121), times('🙂', 121)] },
		locale: choice(LOCALES),
		kind: choice(['named', 'coded']),
		verifier: VERIFIERS,
		proof: PROOFS,
		recipient: { good: [], bad: ['', undefined, 'age1qpzry9x8', `age1pq1${times('q', 2494)}`] },
		wrapped: { good: ['AAAA', times('A', 2000)], bad: ['', undefined, 'AAA', 'AA-_', times('A', 2004)] },
		auth: {
			good: [times('a', 43), times('_', 43), times('-', 43)],
			bad: ['', undefined, times('a', 42), times('a', 44), times('+', 43), times('ż', 43)]
		}
	};

	for (const [field, values] of Object.entries(ACCOUNT)) {
		const cases = [
			...values.good.map((value) => ({ verdict: 'accepts', value })),
			...values.bad.map((value) => ({ verdict: 'refuses', value }))
		].map((one) => ({ ...one, shown: short(one.value) }));

		test.for(cases)(`users.${field} $verdict $shown`, async ({ verdict, value }) => {
			// Who gives no name has none.
			const named = value === 'coded' ? { name: NAMELESS } : {};
			const account = without({ ...w.anAccount(id(), world.recipient), ...named, [field]: value });
			expect(NewAccount.safeParse(account).success, 'the schema').toBe(verdict === 'accepts');
			const { auth, ...rest } = account;
			const body = { ...rest, password: auth, passwordConfirm: auth, invite: world.invite };
			const answer = await create(world.server, undefined, 'users', body);
			expect(answer.status, JSON.stringify(answer.body)).toBe(verdict === 'accepts' ? 200 : 400);
			if (verdict === 'accepts') expect(answer.body).toMatchObject(rest);
		});
	}
});

describe('a part of a file', () => {
	test.for([
		[BLOB_PART_BYTES + 4096, 200],
		[BLOB_PART_BYTES + 4097, 400]
	] as const)('of %i bytes is answered with %i', async ([size, status]) => {
		const big = new Uint8Array(size);
		expect((await upload(world.server, world.ana, w.aBlob(world.ana, id(), big), big)).status).toBe(status);
	});

	test('cannot be missing', async () => {
		const body = w.aBlob(world.ana, id(), bytes);
		expect((await create(world.server, world.ana, 'blobs', body)).status).toBe(400);
	});
});

interface Kept {
	name: string;
	system: boolean;
	fields: { name: string; type: string; values: string[] }[];
	listRule: string | null;
	viewRule: string | null;
	createRule: string | null;
	updateRule: string | null;
	deleteRule: string | null;
}

const collections = async () =>
	(await call(world.server, 'GET', '/api/collections?perPage=100', { as: operator })).body
		.items as unknown as Kept[];

test('the lists to choose from are the same on both sides', async () => {
	const choices: Record<string, string[]> = {};
	for (const collection of await collections()) {
		for (const { name, type, values } of collection.fields) {
			if (type === 'select') choices[`${collection.name}.${name}`] = values;
		}
	}
	expect(choices).toEqual({
		'users.locale': LOCALES,
		'pieces.state': STATES,
		'teams.locale': LOCALES,
		'agencies.sector': SECTORS,
		'memberships.role': ROLES,
		'users.kind': ['named', 'coded'],
		'requests.answer': ['admitted', 'declined'],
		'keys.name': [...CIRCLES, 'recovery', ...AUDIENCES],
		'cases.urgency': URGENCIES,
		'cases.phase': PHASES,
		'devices.locale': LOCALES,
		'devices.system': SYSTEMS,
		'notices.kind': NOTICES,
		'notices.state': ['waiting', 'sent', 'gone', 'kept', 'late', 'spared'],
		'ladders.urgency': ['urgent', 'danger']
	});
});

test('no collection can be listed or deleted from, and only accounts can be made by strangers', async () => {
	for (const { name, system, ...rules } of await collections()) {
		if (system) continue;
		expect([rules.listRule, rules.deleteRule], name).toEqual([null, null]);
		for (const rule of [rules.viewRule, rules.updateRule, name === 'users' ? null : rules.createRule]) {
			if (rule !== null) expect(rule, name).toContain('@request.auth.id');
		}
	}
});
