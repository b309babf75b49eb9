import * as z from 'zod/mini';

/** What another app has handed over: its words, and of each file what it is. The files' bytes lie beside. */
export const Shared = z.object({
	title: z.string(),
	text: z.string(),
	url: z.string(),
	files: z.array(z.object({ name: z.string(), type: z.string(), size: z.number() }))
});
export type Shared = z.infer<typeof Shared>;

/** ms that it waits for somebody who takes it in. */
export const SHARED_WAITS = 7 * 86_400_000;

/** The words of it, each said once: many apps repeat the title in the text, and the link as well. */
export function storyOf({ title, text, url }: Pick<Shared, 'title' | 'text' | 'url'>): string {
	const said = [title, text, url].map((words) => words.trim()).filter((words) => words !== '');
	return said
		.filter((words, at) => !said.some((other, place) => place !== at && holds(other, words, place < at)))
		.join('\n');
}

/** Of two that say the same, the first one stays. */
const holds = (whole: string, part: string, isFirst: boolean): boolean =>
	whole === part ? isFirst : whole.includes(part);
