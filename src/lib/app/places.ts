/** The municipalities of the countries that are worked in: kept on the device, so that finding one needs no network. */
import { ownPlace, searchPlaces, type Home } from '../domain/place-search';
import { gazetteer, PlaceList, type Gazetteer, type Place } from '../domain/places';
import de from '../places/de.json?url';
import hu from '../places/hu.json?url';
import pl from '../places/pl.json?url';
import ro from '../places/ro.json?url';
import { Library } from '../store/library';
import { facts } from './facts';

const library = new Library();
/** Where each country's list is; the address changes with what it says. A new country is a line here. */
const LISTS: Record<string, string> = { DE: de, HU: hu, PL: pl, RO: ro };
const COUNTRIES = Object.keys(LISTS);

/** Fetches the lists that are not here yet: of the countries of the teams that are known, or of all. */
export async function stockPlaces(which: 'teams' | 'all' = 'teams'): Promise<void> {
	const teams = (await facts())?.teams ?? [];
	const wanted = which === 'all' ? COUNTRIES : new Set(teams.map(({ country }) => country));
	for (const country of wanted) await stock(country);
}

async function stock(country: string): Promise<void> {
	const source = LISTS[country];
	if (!source || (await library.places(country))?.source === source) return;
	// Without a network, and where a portal answers in its place, the next time asks again.
	const answer: unknown = await fetch(source)
		.then((response) => response.json())
		.catch(() => null);
	const list = PlaceList.safeParse(answer);
	if (!list.success) return;
	await library.putPlaces(source, list.data);
	open.delete(country);
}

/** The municipalities that this may be the beginning of; null where no list is here. */
export async function findPlaces(text: string, home?: Home): Promise<Place[] | null> {
	const here = await gazetteers();
	return here.length > 0 ? searchPlaces(text, here, home) : null;
}

/** The team's own in the list; undefined where it is not, or several are called so. */
export const own = async (home: Home): Promise<Place | undefined> => ownPlace(home, await gazetteers());

/** By country, made once. */
const open = new Map<string, Gazetteer>();

async function gazetteers(): Promise<Gazetteer[]> {
	for (const country of COUNTRIES) {
		const kept = open.has(country) ? undefined : await library.places(country);
		if (kept) open.set(country, gazetteer(kept.list));
	}
	return COUNTRIES.flatMap((country) => open.get(country) ?? []);
}
