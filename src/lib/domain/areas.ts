/**
 * Where teams are to each other. An area is named with those around it, the next one first: its region, its nation. What
 * such an area is called nobody has to say; how far up it lies is enough.
 */
import type { Id } from './id';
import type { Area } from './records';

/** `above`: around it. `beside`: under the same next one, or the same. `below`: within it. */
export type Bearing = 'above' | 'beside' | 'below' | 'elsewhere';

/** Where another area is, seen from one. Without a word of either it is anywhere. */
export function bearing(own: readonly Id[], other: readonly Id[]): Bearing {
	const [[here, around], [there, theirs]] = [own, other];
	if (here === undefined || there === undefined) return 'elsewhere';
	if (here === there) return 'beside';
	if (own.includes(there)) return 'above';
	if (other.includes(here)) return 'below';
	return around !== undefined && around === theirs ? 'beside' : 'elsewhere';
}

/** An area and all those it lies in, of which only the next is known here: what lies above that one, another team's area says. */
export function around({ id, parent }: Pick<Area, 'id' | 'parent'>, told: readonly (readonly Id[])[]): Id[] {
	if (parent === '') return [id];
	const above = told.find((one) => one.includes(parent)) ?? [parent];
	return [id, ...above.slice(above.indexOf(parent)).filter((one) => one !== id)];
}

const NEAR: readonly Bearing[] = ['above', 'beside', 'below', 'elsewhere'];

/** Others by where they are, seen from one: those above first, the next one before the highest; else in their order. */
export function byBearing<T extends { areas: readonly Id[] }>(
	own: readonly Id[],
	others: readonly T[]
): (T & { bearing: Bearing })[] {
	const far = ({ areas: [area] }: T): number => (area === undefined ? -1 : own.indexOf(area));
	return others
		.map((one) => ({ ...one, bearing: bearing(own, one.areas) }))
		.sort(
			(a, b) =>
				NEAR.indexOf(a.bearing) - NEAR.indexOf(b.bearing) || (a.bearing === 'above' ? far(a) - far(b) : 0)
		);
}
