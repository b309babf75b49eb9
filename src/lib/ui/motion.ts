import type { Vote } from '$lib/domain/content';
import type { Motion } from '$lib/domain/deciding';
import * as m from '$lib/i18n/generated/messages';

/** What somebody voted or decided for, in words. */
export function optionIn(motion: Motion | undefined, choice: Vote['for']): string {
	if (choice === 'abstain') return m.vote_abstain();
	if (choice === 'none') return m.decision_none();
	// The proposal was said to others, or before this person could read.
	return motion?.proposal.options[choice] ?? '…';
}
