/** Who is meant by '@Name' in what somebody writes: only those who will read it. */
import type { Id } from './id';
import { fold } from './words';

export type Reader = { id: Id; name: string };

/** Those whose whole name stands behind an '@', the longest name where one begins as another. */
export function mentioned(text: string, readers: readonly Reader[]): Id[] {
	const words = fold(text);
	const longest = [...readers].sort((a, b) => b.name.length - a.name.length);
	const found = new Set<Id>();
	for (let at = words.indexOf('@'); at >= 0; at = words.indexOf('@', at + 1)) {
		const rest = words.slice(at + 1);
		const meant = longest.find(({ name }) => {
			const spelt = fold(name);
			return spelt !== '' && rest.startsWith(spelt) && !/^[\p{L}\p{N}]/u.test(rest.slice(spelt.length));
		});
		if (meant) found.add(meant.id);
	}
	return [...found];
}

/** Whose name may be meant by what was begun behind the last '@' before the caret; none where nothing was. */
export function suggested(before: string, readers: readonly Reader[]): Reader[] {
	const begun = /(?:^|\s)@([^\n@]{0,40})$/u.exec(before)?.[1];
	if (begun === undefined) return [];
	return readers.filter(
		({ name }) => name !== '' && fold(name).startsWith(fold(begun)) && fold(name) !== fold(begun)
	);
}
