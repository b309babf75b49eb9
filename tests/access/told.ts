/** What the device of each person is told by the pull, by collection. Written by hand, as expectation.ts is. */
import { allow } from './allowance';
import { coordinator, each, INSIDE, members, of, READERS, same, SENT_AWAY, working } from './expectation';
import { PLACES, SIGNED_IN, type Place, type Who } from './people';

const HOME_CASES = ['the alert', 'opened to the police', 'for the police alone', 'by code', 'opened above'];
const THREAD_OTHERS = ['suspended', 'expired guest'];
allow(
	'users',
	'pull',
	{
		...Object.fromEntries(SIGNED_IN.map((who) => [who, [who]]))
	},
	'oneself'
);
for (const place of PLACES)
	allow(
		'users',
		'pull',
		same(members(place), members(place)),
		'members know each other by name and public key'
	);
allow(
	'users',
	'pull',
	same(['reporter', 'guest', ...THREAD_OTHERS], READERS['thread of the alert'] ?? []),
	'with a key come who wrote under it, made, gave and got it'
);
allow(
	'users',
	'pull',
	same(['reporter'], [...(INSIDE['opened to the police'] ?? []), ...(INSIDE['opened above'] ?? [])]),
	'with a key comes who made it'
);
allow('users', 'pull', same(['reporter by code'], INSIDE['by code'] ?? []), 'with a key comes who made it');
allow('users', 'pull', same(['expert home'], ['guest']), 'who made the guest’s part');
allow(
	'users',
	'pull',
	{ newcomer: ['coordinator home', ...PLACES.slice(1).flatMap(working)] },
	'whose alert it is; at home, who asks to be let in'
);
for (const place of PLACES) {
	allow('agencies', 'pull', { [`agency ${place}`]: members(place) }, 'members know their team');
	allow(
		'requests',
		'pull',
		{ [`request ${place}`]: [coordinator(place)] },
		'coordinators see who asks to be let in'
	);
	allow(
		'recoveries',
		'pull',
		{ [`recovery ${place}`]: working(place) },
		'who may approve, and the person whose keys are asked for'
	);
	allow('approvals', 'pull', { [`approval ${place}`]: working(place) }, 'as above');
}
/** Whom a team concerns: its members, and whoever holds a key there. */
const CONCERNED: Record<Place, readonly Who[]> = {
	home: [...members('home'), 'reporter', 'reporter by code', 'expert above', 'coordinator above'],
	above: members('above'),
	beside: members('beside'),
	elsewhere: members('elsewhere')
};
for (const place of PLACES) {
	allow('teams', 'pull', { [`team ${place}`]: CONCERNED[place] }, 'whom the team concerns');
	allow('areas', 'pull', { [`area ${place}`]: CONCERNED[place] }, 'where that team is');
	allow(
		'keys',
		'pull',
		same(
			['members circle', 'police circle', 'coordinators circle', 'recovery'].map(
				(circle) => `${circle} ${place}`
			),
			CONCERNED[place]
		),
		'the public halves of its circles, to seal for them'
	);
	allow(
		'memberships',
		'pull',
		same(
			[
				...['expert', 'police', 'coordinator'].map((role) => `membership of ${role} ${place}`),
				...(place === 'home' ? ['guest', ...SENT_AWAY].map((who) => `membership of ${who}`) : []),
				...(place === 'beside' ? ['other membership of expired guest, expert beside'] : [])
			],
			members(place)
		),
		'members know who is in the team, and who was'
	);
}
allow(
	'memberships',
	'pull',
	Object.fromEntries(SENT_AWAY.map((who) => [`membership of ${who}`, [who]])),
	'that one’s own has ended'
);
for (const place of PLACES)
	allow(
		'expertise',
		'pull',
		same(
			[
				...['expert', 'police', 'coordinator'].map((role) => `membership of ${role} ${place}`),
				...(place === 'home' ? ['membership of guest'] : []),
				...(place === 'beside' ? ['other membership of expired guest, expert beside'] : [])
			],
			working(place)
		),
		'what members know well is for those who work on the team’s cases; of whoever has gone it is said no more'
	);
allow(
	'expertise',
	'pull',
	{
		...each((place) => ({ [`membership of police ${place}`]: [`police ${place}`] })),
		'membership of guest': ['guest']
	},
	'what one has said of oneself'
);
allow('keys', 'pull', READERS, 'keys that one holds');
allow('keys', 'pull', { 'empty circle beside': CONCERNED.beside }, 'the public half of a circle, as above');
allow(
	'entries',
	'pull',
	{
		...of('words in ', READERS),
		...same(['a word of the suspended', 'a word of the expired guest'], READERS['thread of the alert'] ?? [])
	},
	'what one holds the key of'
);
allow('blobs', 'pull', of('picture in ', READERS), 'what one holds the key of');
allow('cases', 'pull', INSIDE, 'whose key one holds');
allow(
	'cases',
	'pull',
	same(HOME_CASES, working('home')),
	'a team’s experts and coordinators see its load: theme, place and state, not what is said'
);
const GRANTS_OF: Record<string, readonly string[]> = {
	'thread of the alert': [
		'to reporter',
		'to guest',
		'to expired guest',
		'to expired guest, expert beside',
		'to suspended',
		'via members circle home'
	],
	'names of the alert': ['to reporter', 'via coordinators circle home'],
	'room of the alert': ['to expert home', 'via members circle home'],
	'guest part of the alert': ['to expert home', 'to guest', 'via members circle home'],
	'thread opened to the police': ['to reporter', 'via members circle home', 'via police circle home'],
	'thread for the police alone': ['to reporter', 'via police circle home'],
	'thread by code': ['to reporter by code', 'via members circle home'],
	'thread opened above': ['to reporter', 'via members circle home', 'via members circle above']
};
for (const [key, names] of Object.entries(GRANTS_OF))
	allow(
		'grants',
		'pull',
		same(
			names.map((name) => `${key}: ${name}`),
			READERS[key] ?? []
		),
		'who reads a thing is no secret among those who do'
	);
for (const place of PLACES) {
	const more = { home: ['suspended'], above: [], beside: ['expired guest, expert beside'], elsewhere: [] }[
		place
	];
	const to = (circle: string, names: readonly string[]) =>
		[...names.map((name) => `to ${name}`), `via recovery ${place}`].map(
			(one) => `${circle} circle ${place}: ${one}`
		);
	const [expert, police, coordinating] = [`expert ${place}`, `police ${place}`, coordinator(place)] as const;
	if (place !== 'home')
		allow(
			'grants',
			'pull',
			same([`thread ${place}: to newcomer`, `thread ${place}: via members circle ${place}`], working(place)),
			'who reads a thing is no secret among those who do'
		);
	allow(
		'grants',
		'pull',
		same(to('members', [expert, coordinating, ...more]), working(place)),
		'who is in one’s own circle'
	);
	allow('grants', 'pull', same(to('police', [police, coordinating]), [police, coordinating]), 'as above');
	allow('grants', 'pull', same(to('coordinators', [coordinating]), [coordinating]), 'as above');
}
allow(
	'grants',
	'pull',
	{
		'thread of the alert: to expired guest': ['expired guest'],
		'thread of the alert: to expired guest, expert beside': ['expired guest, expert beside'],
		'thread of the alert: to suspended': ['suspended'],
		'members circle home: to suspended': ['suspended']
	},
	'that one’s own has ended'
);
allow(
	'invitation',
	'pull',
	each((place) => ({ [`of ${place}`]: [coordinator(place)] })),
	'a coordinator hands it out'
);

allow(
	'rota',
	'pull',
	each((place) => ({ [`of ${place}`]: members(place) })),
	'members know who is on call'
);
/** Who is told of a climb, and who of them works in one of the teams. */
const CLIMBED: Record<string, { all: readonly Who[]; teams: readonly Who[] }> = {
	'by code': { all: ['reporter by code', ...working('home')], teams: working('home') },
	'for the police alone': {
		all: ['reporter', 'police home', ...working('home'), ...working('above')],
		teams: ['police home', ...working('home'), ...working('above')]
	},
	'the alert': {
		all: ['reporter', 'guest', 'police home', ...working('home')],
		teams: ['guest', 'police home', ...working('home')]
	},
	'case beside': { all: working('beside'), teams: working('beside') }
};
for (const [name, { all, teams }] of Object.entries(CLIMBED)) {
	allow(
		'ladders',
		'pull',
		{ [`ladder of ${name}`]: all },
		'who works there, who holds a key of the case, whom it has reached, and the team above once that was told'
	);
	allow('ladders', 'pull', { [`by: ladder of ${name}`]: teams }, 'in the teams it is said who has it');
}
