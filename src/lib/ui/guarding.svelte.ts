/** What the guard needs to know of words in a case: who has a stand-in while they are written, and whose names are no secret. */
import type { Room } from '$lib/app';
import type { Person } from '$lib/domain/guard/decide';
import type { Guarded } from './decisions.svelte';

/**
 * For one text, or for all of a form: whoever has a stand-in in one of them has it in the others. `beside` says what else
 * stands in the form. Call while a component is being set up.
 */
export function guarding(room: () => Room, beside: () => readonly string[] = () => []) {
	let persons = $state.raw<Person[]>([]);
	let fine = $state.raw<string[]>([]);
	// Who reads it knows these: they work on the case.
	const known = $derived(
		Object.values(room().people).flatMap((name) =>
			[name, ...name.split(/\s+/)].flatMap((one) => [one, `@${one}`])
		)
	);
	const said = $derived(
		room()
			.folded.timeline.map(({ content }) => (typeof content === 'object' ? JSON.stringify(content) : ''))
			.join('\n')
	);
	return (text: () => string, write: (text: string) => void): Guarded => ({
		get story() {
			return text();
		},
		set story(now) {
			write(now);
		},
		...{ strengths: '', done: '', names: '' },
		get persons() {
			return persons;
		},
		set persons(now) {
			persons = now;
		},
		get fine() {
			return [...known, ...fine];
		},
		set fine(now) {
			fine = now.filter((one) => !known.includes(one));
		},
		get elsewhere() {
			return [said, ...beside()].join('\n');
		}
	});
}
