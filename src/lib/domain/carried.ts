/** The files that a draft carries, of whatever kind: no schema, so that nothing heavy loads before it. */
import type { Draft } from './draft';
import type { Id } from './id';

type Carrying = Pick<Draft, 'photos' | 'files'>;

export const carriedBy = ({ photos, files }: Carrying) => [...photos, ...files];

/** The same files under their new names, without those that have none. */
export function renamed({ photos, files }: Carrying, nameOf: (file: Id) => Id | null): Carrying {
	const rename = <T extends { file: Id }>(one: T): T[] => {
		const file = nameOf(one.file);
		return file === null ? [] : [{ ...one, file }];
	};
	return { photos: photos.flatMap(rename), files: files.flatMap(rename) };
}
