/** Four teams in a tree, with everybody in them: the founded one, and three as an operator would set them up. */
import * as w from '../contract/world';
import type { Ground } from './ground';
import { PEOPLE, PLACES, ROLES, type Place } from './people';

export interface Site {
	area: string;
	team: string;
	agency: string;
	invite: string;
}

/** What everybody has said to know well, as long as they are of a team. */
export const KNOWS = { theme: ['hate'], strand: ['mixed'] };

const LATER = '2999-12-31 23:59:59.000Z';

/** Makes the areas, the teams and an agency of each. */
export async function foundTeams({ world, know, add, patch }: Ground): Promise<Record<Place, Site>> {
	const { founding } = world;
	const home = { area: founding.area.id, team: world.team, agency: founding.agency.id, invite: world.invite };
	know('areas', 'area home', home.area);
	know('teams', 'team home', home.team);
	know('agencies', 'agency home', home.agency);
	const places = { home } as Record<Place, Site>;
	for (const place of PLACES.slice(1)) {
		const site = { area: w.id(), team: w.id(), agency: w.id(), invite: w.id() + w.id() };
		await add('areas', `area ${place}`, {
			id: site.area,
			name: place,
			country: place === 'elsewhere' ? 'DE' : 'PL',
			parent: place === 'beside' ? places.above.area : ''
		});
		await add('teams', `team ${place}`, {
			id: site.team,
			name: place,
			area: site.area,
			locale: 'pl',
			open: place === 'beside',
			idle: {},
			invite: site.invite
		});
		await add('agencies', `agency ${place}`, {
			id: site.agency,
			team: site.team,
			name: place,
			sector: 'school'
		});
		places[place] = site;
	}
	await patch('areas', home.area, { parent: places.above.area });
	return places;
}

/** Makes an account for everybody, and for some to whom things are done. By name. */
export async function bringPeople({ world, know }: Ground): Promise<Map<string, w.Someone>> {
	const someones = new Map<string, w.Someone>([
		['expert home', world.cora],
		['police home', world.dorin],
		['coordinator home', world.eszter],
		['guest', world.frieda],
		['reporter', world.ana],
		['stranger', world.bartek]
	]);
	const coming = [...PEOPLE, 'newcomer', 'grantee', 'leaver'].filter(
		(name) => !someones.has(name) && !['nobody', 'operator', 'reporter by code'].includes(name)
	);
	await Promise.all(coming.map(async (name, at) => someones.set(name, await w.join(world, `person${at}`))));
	someones.set('reporter by code', await w.comeWithoutAccount(world));
	for (const [name, someone] of someones) know('users', name, someone.id);
	return someones;
}

/** Lets them in. Gives back the memberships that are to end before anybody asks: by a coordinator, and by time. */
export async function admitPeople(
	{ world, know, add, patch }: Ground,
	places: Record<Place, Site>,
	idOf: (name: string) => string
): Promise<{ suspended: string; expired: string[] }> {
	const admit = (place: Place, name: string, role: string, title = `membership of ${name}`, until = '') =>
		add(
			'memberships',
			title,
			w.aMembership({ team: places[place].team }, { id: idOf(name) }, role, { until, knows: KNOWS })
		);
	know('memberships', 'membership of coordinator home', world.membership.eszter);
	know('memberships', 'membership of expert home', world.membership.cora);
	know('memberships', 'membership of police home', world.membership.dorin);
	know('memberships', 'membership of guest', world.membership.frieda);
	for (const membership of Object.values(world.membership))
		await patch('memberships', membership, { knows: KNOWS });
	await patch('memberships', world.membership.frieda, { until: LATER });
	for (const place of PLACES.slice(1)) for (const role of ROLES) await admit(place, `${role} ${place}`, role);
	const expired = [
		await admit('home', 'expired guest', 'guest', undefined, LATER),
		await admit('home', 'expired guest, expert beside', 'guest', undefined, LATER)
	];
	await admit(
		'beside',
		'expired guest, expert beside',
		'expert',
		'other membership of expired guest, expert beside'
	);
	const suspended = await admit('home', 'suspended', 'expert');
	return { suspended, expired };
}
