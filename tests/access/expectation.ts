/**
 * Who may do what on what. Written by hand, from what Heed promises and not from its rules or code; whatever is not named
 * here is refused. Each allowance says why. `docs/access.md` tells how to read it; `told.ts` goes on with the pull.
 */
import { allow } from './allowance';
import { PEOPLE, PLACES, SIGNED_IN, type Place, type Who } from './people';

/** The same for each team, said of its own people. */
export const each = (
	what: (place: Place) => Record<string, readonly Who[]>
): Record<string, readonly Who[]> => Object.assign({}, ...PLACES.map(what)) as Record<string, readonly Who[]>;
/** The same people for each of several. */
export const same = (what: readonly string[], who: readonly Who[]): Record<string, readonly Who[]> =>
	Object.fromEntries(what.map((one) => [one, who]));

const EVERYBODY: readonly Who[] = PEOPLE.filter((who) => who !== 'operator');
/** Who has a name: all who are signed in but the reporter without an account. */
const NAMED = SIGNED_IN.filter((who) => who !== 'reporter by code');

/** Who leads the team there. */
export const coordinator = (place: Place): Who => `coordinator ${place}`;
/** Who works on cases there. Two who once were guests at home are here only by what else they are. */
export const working = (place: Place): Who[] => [
	`expert ${place}`,
	coordinator(place),
	...(place === 'beside' ? (['expired guest, expert beside'] as const) : [])
];
/** Everybody whose membership there lasts. */
export const members = (place: Place): Who[] => [
	...working(place),
	`police ${place}`,
	...(place === 'home' ? (['guest'] as const) : [])
];
/** Who once was in the team at home. */
export const SENT_AWAY: readonly Who[] = ['expired guest', 'expired guest, expert beside', 'suspended'];

// What everything else follows from: for whom each part of a case was sealed.

/** Nobody reads a case for being above it, beside it, or an operator; nor the police, without having been let in. */
export const READERS: Record<string, readonly Who[]> = {
	'thread of the alert': ['reporter', 'expert home', 'coordinator home', 'guest'],
	'names of the alert': ['reporter', 'coordinator home'],
	'room of the alert': ['expert home', 'coordinator home'],
	'guest part of the alert': ['expert home', 'coordinator home', 'guest'],
	'thread opened to the police': ['reporter', 'expert home', 'coordinator home', 'police home'],
	'thread for the police alone': ['reporter', 'coordinator home', 'police home'],
	'thread by code': ['reporter by code', 'expert home', 'coordinator home'],
	'thread opened above': ['reporter', 'expert home', 'coordinator home', 'expert above', 'coordinator above'],
	'thread above': working('above'),
	'thread beside': working('beside'),
	'thread elsewhere': working('elsewhere')
};
/** Who holds a key of the case. */
export const INSIDE: Record<string, readonly Who[]> = {
	'the alert': ['reporter', 'expert home', 'coordinator home', 'guest'],
	'opened to the police': ['reporter', 'expert home', 'coordinator home', 'police home'],
	'for the police alone': ['reporter', 'coordinator home', 'police home'],
	'by code': ['reporter by code', 'expert home', 'coordinator home'],
	'opened above': ['reporter', 'expert home', 'coordinator home', 'expert above', 'coordinator above'],
	'case above': working('above'),
	'case beside': working('beside'),
	'case elsewhere': working('elsewhere')
};
/** Said of each of several. */
export const of = (kind: string, all: Record<string, readonly Who[]>): Record<string, readonly Who[]> =>
	Object.fromEntries(Object.entries(all).map(([name, who]) => [`${kind}${name}`, who]));

// Accounts.

allow(
	'users',
	'view',
	Object.fromEntries(SIGNED_IN.map((who) => [who, [who]])),
	'one’s own account, on a new device'
);
allow('users', 'create', { 'with an invitation': EVERYBODY }, 'an invitation lets anybody make an account', [
	'direct'
]);
allow('users', 'create', { 'without a name': EVERYBODY }, 'a team takes alerts without an account', [
	'direct'
]);
allow('users', 'update', { 'the own language': SIGNED_IN }, 'one chooses one’s own language', ['direct']);
for (const name of ['_otps', '_mfas', '_authOrigins', '_externalAuths'])
	for (const verb of ['list', 'view'] as const)
		allow(
			name,
			verb,
			{ 'of reporter': ['reporter'], 'of coordinator home': ['coordinator home'] },
			'PocketBase’s own rule, which cannot be changed; none of these ways to sign in is on, so nobody has such rows',
			// What is guessed of a one-time password is hidden: nobody filters or sorts by that.
			name === '_otps' && verb === 'list' ? ['list', 'filter', 'expand', 'back-relation'] : undefined
		);
for (const name of ['_authOrigins', '_externalAuths'])
	allow(name, 'delete', { 'an own one': SIGNED_IN }, 'PocketBase’s own rule, as above', ['direct', 'batch']);

// Teams and who is in them.

allow(
	'agencies',
	'create',
	each((place) => ({ [`at ${place}`]: [coordinator(place)] })),
	'a coordinator lets in people from new agencies'
);
allow(
	'teams',
	'update',
	each((place) => ({ [`how ${place} is set`]: [coordinator(place)] })),
	'a coordinator sets how the team works'
);
allow(
	'memberships',
	'view',
	{
		...each((place) => ({
			[`membership of expert ${place}`]: [`expert ${place}`, coordinator(place)],
			[`membership of police ${place}`]: [`police ${place}`, coordinator(place)],
			[`membership of coordinator ${place}`]: [coordinator(place)]
		})),
		'membership of guest': ['guest', 'coordinator home'],
		'membership of expired guest': ['expired guest', 'coordinator home'],
		'membership of expired guest, expert beside': ['expired guest, expert beside', 'coordinator home'],
		'other membership of expired guest, expert beside': [
			'expired guest, expert beside',
			'coordinator beside'
		],
		'membership of suspended': ['suspended', 'coordinator home']
	},
	'one’s own, and as a coordinator those of the team'
);
for (const role of ['an expert', 'a coordinator'])
	allow(
		'memberships',
		'create',
		each((place) => ({ [`${role} at ${place}`]: [coordinator(place)] })),
		'a coordinator admits'
	);
allow(
	'memberships',
	'create',
	{ 'oneself at home': ['coordinator home'] },
	'a coordinator may take another role as well'
);
for (const change of ['the end', 'the last moment'])
	allow(
		'memberships',
		'update',
		each((place) => ({ [`${change} at ${place}`]: [coordinator(place)] })),
		'a coordinator ends, and says until when'
	);
for (const role of ['expert', 'police', 'coordinator'] as const)
	allow(
		'memberships',
		'update',
		each((place) => ({ [`what the ${role} ${place} knows`]: [`${role} ${place}`] })),
		'what one knows well one says oneself, and nobody for another'
	);
allow('memberships', 'update', { 'what the guest knows': ['guest'] }, 'as above');
allow(
	'requests',
	'view',
	each((place) => ({ [`request ${place}`]: [coordinator(place)] })),
	'a coordinator sees who asks to be let in'
);
allow(
	'requests',
	'create',
	each((place) => ({ [`at ${place}`]: NAMED })),
	'whoever has a name and the invitation may ask to be let in'
);
allow(
	'requests',
	'update',
	each((place) => ({ [`the answer at ${place}`]: [coordinator(place)] })),
	'a coordinator answers'
);
allow(
	'roll',
	'create',
	each((place) => ({ [`at ${place}`]: [coordinator(place)] })),
	'a coordinator writes the roll of the team'
);
allow(
	'pieces',
	'create',
	each((place) => ({ [`at ${place}`]: [coordinator(place)] })),
	'a coordinator decides what the team shows'
);
allow(
	'approvals',
	'view',
	each((place) => ({ [`approval ${place}`]: [coordinator(place)] })),
	'one’s own word, to compare a repeat'
);
allow(
	'approvals',
	'create',
	each((place) => ({ [`at ${place}`]: working(place) })),
	'two of the team help somebody back in who forgot the passphrase'
);

// Cases, and what was said in them.

allow('cases', 'view', INSIDE, 'whoever reported it or holds a key of it');
allow(
	'cases',
	'create',
	{ 'at home': SIGNED_IN },
	'anybody alerts a team that is open, without an account where it says so'
);
allow('cases', 'create', { 'at beside': NAMED }, 'this open team wants an account');
allow(
	'cases',
	'create',
	{ 'at above': members('above'), 'at elsewhere': members('elsewhere') },
	'a closed team has its members’ alerts alone'
);
allow(
	'cases',
	'update',
	{
		...same(
			['the alert', 'by code', 'opened above'].map((name) => `moving ${name}`),
			['expert home', 'coordinator home']
		),
		'moving the alert': ['expert home', 'coordinator home', 'guest'],
		...same(
			['opened to the police', 'for the police alone'].map((name) => `moving ${name}`),
			['expert home', 'coordinator home', 'police home']
		),
		...Object.fromEntries(PLACES.slice(1).map((place) => [`moving case ${place}`, working(place)]))
	},
	'experts and coordinators move the cases of their team, police and guests those that were opened to them'
);
allow(
	'keys',
	'view',
	{
		...READERS,
		...each((place) => ({
			[`members circle ${place}`]: working(place),
			[`police circle ${place}`]: [`police ${place}`, coordinator(place)],
			[`coordinators circle ${place}`]: [coordinator(place)],
			[`recovery ${place}`]: [coordinator(place)]
		})),
		'empty circle beside': ['coordinator beside']
	},
	'whoever made it or holds it: the public half'
);
allow('keys', 'create', of('another of ', INSIDE), 'whoever is in a case makes a key for a part of it');
allow(
	'keys',
	'create',
	each((place) => ({ [`the next of the members circle ${place}`]: [coordinator(place)] })),
	'a coordinator renews a circle after somebody has left'
);
allow(
	'keys',
	'update',
	of('the end of ', READERS),
	'whoever holds a key of a case says that it is used no more'
);
allow(
	'keys',
	'update',
	each((place) => ({ [`the end of members circle ${place}`]: [coordinator(place)] })),
	'a coordinator ends what a new one takes the place of'
);
allow(
	'grants',
	'view',
	{
		'thread of the alert: to guest': ['reporter', 'guest'],
		...same(
			['to reporter', 'via members circle home'].map((to) => `thread of the alert: ${to}`),
			['reporter']
		),
		'thread of the alert: to expired guest': ['reporter', 'expired guest'],
		'thread of the alert: to expired guest, expert beside': ['reporter', 'expired guest, expert beside'],
		'thread of the alert: to suspended': ['reporter', 'suspended'],
		...same(
			['to reporter', 'via coordinators circle home'].map((to) => `names of the alert: ${to}`),
			['reporter']
		),
		...same(
			['to expert home', 'via members circle home'].map((to) => `room of the alert: ${to}`),
			['expert home']
		),
		...same(
			['to expert home', 'via members circle home'].map((to) => `guest part of the alert: ${to}`),
			['expert home']
		),
		'guest part of the alert: to guest': ['expert home', 'guest'],
		...same(
			['to reporter', 'via members circle home', 'via police circle home'].map(
				(to) => `thread opened to the police: ${to}`
			),
			['reporter']
		),
		...same(
			['to reporter', 'via police circle home'].map((to) => `thread for the police alone: ${to}`),
			['reporter']
		),
		...same(
			['to reporter by code', 'via members circle home'].map((to) => `thread by code: ${to}`),
			['reporter by code']
		),
		...same(
			['to reporter', 'via members circle home', 'via members circle above'].map(
				(to) => `thread opened above: ${to}`
			),
			['reporter']
		),
		...each((place) => ({
			[`members circle ${place}: to expert ${place}`]: [`expert ${place}`, coordinator(place)],
			[`police circle ${place}: to police ${place}`]: [`police ${place}`, coordinator(place)],
			...same(
				['members', 'police', 'coordinators'].flatMap((circle) => [
					`${circle} circle ${place}: to coordinator ${place}`,
					`${circle} circle ${place}: via recovery ${place}`
				]),
				[coordinator(place)]
			)
		})),
		'members circle beside: to expired guest, expert beside': [
			'expired guest, expert beside',
			'coordinator beside'
		],
		'members circle home: to suspended': ['suspended', 'coordinator home']
	},
	'who gave it and who got it, also when it has ended'
);
allow('grants', 'create', of('to somebody: ', READERS), 'whoever holds a key of a case may let somebody in');
allow(
	'grants',
	'create',
	of('to the members beside: ', READERS),
	'and another team, so that a case can be opened to it'
);
allow(
	'grants',
	'create',
	each((place) => ({ [`to the expert: members circle ${place}`]: working(place) })),
	'whoever holds a circle’s key passes it on to those who belong in that circle'
);
allow(
	'grants',
	'create',
	{ 'to oneself: thread elsewhere': working('elsewhere') },
	'whoever holds a key may be given it anew'
);
allow(
	'grants',
	'create',
	{ 'to oneself: coordinators circle home': ['coordinator home'] },
	'a coordinator belongs in this circle'
);
allow(
	'grants',
	'update',
	{
		'the end of what oneself gave': SIGNED_IN,
		'the end of what oneself got': ['coordinator home'],
		'the end of a guest’s at home': ['coordinator home'],
		...Object.fromEntries(PLACES.slice(1).map((place) => [`the end of one ${place}`, [coordinator(place)]]))
	},
	'who gave it takes it back, and so do the coordinators of the team'
);
allow(
	'entries',
	'view',
	{
		...of('words in ', READERS),
		'a word of the suspended': [...(READERS['thread of the alert'] ?? []), 'suspended'],
		'a word of the expired guest': [...(READERS['thread of the alert'] ?? []), 'expired guest']
	},
	'whoever holds its key, and who wrote it: to compare a repeat'
);
allow('entries', 'create', of('in ', READERS), 'whoever reads a part of a case may write there');
allow(
	'blobs',
	'create',
	{ 'a part of a file': SIGNED_IN },
	'parts may come before what makes their key; nobody is told of them'
);
allow(
	'blobs',
	'create',
	{ 'a part for the own words': SIGNED_IN },
	'parts follow the words, by their author'
);
allow(
	'blobs',
	'update',
	{ 'the own part to the own words': SIGNED_IN },
	'a part is put to the words that it belongs to, by their author'
);
for (const verb of ['view', 'open'] as const)
	allow(
		'blobs',
		verb,
		{ ...of('picture in ', READERS), 'picture on its way': ['reporter'] },
		'whoever holds its key once it belongs to words, and who sent it',
		verb === 'open' ? ['blob'] : undefined
	);

// The bell, and the other ways in.

allow(
	'realtime',
	'hear',
	same(['bell', 'PB_CONNECT'], SIGNED_IN),
	'that there is something to pull, and nothing else'
);
allow('realtime', 'ring', of('words in ', READERS), 'those who can read what was said');
for (const route of ['roll', 'pieces']) {
	allow(
		route,
		'call',
		same(['of home', 'of beside'], EVERYBODY),
		'what an open team shows is public: a reporter checks its keys by it'
	);
	allow(
		route,
		'call',
		{ 'of above': members('above'), 'of elsewhere': members('elsewhere') },
		'a closed team shows it to those whom it concerns'
	);
}
allow(
	'facts',
	'call',
	{ 'before signing in': EVERYBODY },
	'which teams take alerts, and how to seal for them'
);
allow('notices', 'call', { 'one’s own': SIGNED_IN, 'the own device': SIGNED_IN }, 'each says how to be told');
allow(
	'notices',
	'call',
	each((place) => ({ [`points of ${place}`]: members(place) })),
	'members see their own light, coordinators each contact point’s'
);
allow('notices', 'call', { 'a made-up token': EVERYBODY }, 'known or not, the answer is the same');
allow(
	'ladder',
	'call',
	{
		'by code': working('home'),
		'for the police alone': ['police home', ...working('home'), ...working('above')],
		'the alert': ['guest', 'police home', ...working('home')],
		'case beside': working('beside')
	},
	'who works there, who holds a key of the case there, whom it has reached, and the team above once that was told'
);
allow('pull', 'call', { 'one’s own': SIGNED_IN }, 'each gets what is said above');
allow(
	'recover',
	'call',
	each((place) => ({
		[`refusing the one ${place}`]: working(place).filter((who) => who !== 'expired guest, expert beside')
	})),
	'the person whose keys are asked for, who is the expert here, and the coordinators'
);
allow('users', 'call', { 'auth-refresh': SIGNED_IN }, 'a session goes on');
allow('users', 'call', { 'auth-methods': EVERYBODY }, 'that there is only the passphrase');

// The operator runs the server. That the same request is carried out for an operator also shows that it was well made, and
// that it is the rules which refuse it to others.

for (const verb of ['list', 'view', 'create', 'update', 'delete'] as const)
	allow('*', verb, { '*': ['operator'] }, 'PocketBase has it so; what is sealed stays sealed');
