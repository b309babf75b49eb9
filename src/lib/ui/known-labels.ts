import type { Certainty, WayToKnow } from '$lib/domain/lists';
import * as m from '$lib/i18n/generated/messages';

export const KNOWN: Record<WayToKnow, () => string> = {
	witnessed: m.known_witnessed,
	told: m.known_told,
	found_online: m.known_found_online,
	documents: m.known_documents
};

export const CERTAINTY: Record<Certainty, () => string> = {
	certain: m.certainty_certain,
	likely: m.certainty_likely,
	unsure: m.certainty_unsure
};
