/** The only question of a screen is its heading. 'arrived': somebody has just come to it, so it is read aloud. */
export type Lead = 'there' | 'arrived';

/** Moves the focus to the heading of a question that somebody has just come to. */
export const leading =
	(lead: Lead) =>
	(heading: HTMLElement): void => {
		if (lead === 'arrived') heading.focus();
	};
