import type { CaseName } from '$lib/app';
import * as m from '$lib/i18n/generated/messages';
import { answerLabel } from './answers';

/** What a case is called in a sentence: its first words, else its type. */
export const titleOf = (one: CaseName | undefined): string =>
	one ? one.opening || answerLabel(one.form, 'type', one.type) : m.alert_one();
