/** Who asks, by role and by how the person's team is related to the one at home: the names that the expectation uses. */

/** Home is where the case is; its area lies in the area above, beside the area of another team; elsewhere is unrelated. */
export const PLACES = ['home', 'above', 'beside', 'elsewhere'] as const;
export type Place = (typeof PLACES)[number];

/** The experts, police contacts and coordinators of the four teams. */
export const ROLES = ['expert', 'police', 'coordinator'] as const;
export type Role = (typeof ROLES)[number];

/** Everybody who asks. Whoever was sent away, by a coordinator or by time, has signed in again since. */
export const PEOPLE = [
	'expert home',
	'police home',
	'coordinator home',
	'expert above',
	'police above',
	'coordinator above',
	'expert beside',
	'police beside',
	'coordinator beside',
	'expert elsewhere',
	'police elsewhere',
	'coordinator elsewhere',
	'guest',
	'expired guest',
	'expired guest, expert beside',
	'suspended',
	'reporter',
	'reporter by code',
	'stranger',
	'nobody',
	'operator'
] as const;
export type Who = (typeof PEOPLE)[number];

/** Who is signed in with an account of Heed's. */
export const SIGNED_IN = PEOPLE.filter((who) => who !== 'nobody' && who !== 'operator');
