import type { CaseLine } from '$lib/app';
import type { Id } from '$lib/domain/id';

/**
 * Takes the lines of one team, time after time, and gives those that say what they said the last time as the same objects:
 * of a thousand lines the screen then makes anew what has changed.
 */
export function steadily(): (lines: readonly CaseLine[]) => CaseLine[] {
	type Known = { line: CaseLine; said: string };
	let before = { form: '', lines: new Map<Id, Known>() };
	return (lines) => {
		const form = JSON.stringify(lines[0]?.form ?? null);
		const old = form === before.form ? before.lines : new Map<Id, Known>();
		const now = new Map<Id, Known>();
		for (const line of lines) {
			const { form: _, words, ...rest } = line;
			const said = JSON.stringify(rest);
			const known = old.get(line.id);
			now.set(line.id, known?.said === said && known.line.words === words ? known : { line, said });
		}
		before = { form, lines: now };
		return [...now.values()].map(({ line }) => line);
	};
}
