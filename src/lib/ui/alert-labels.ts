import type { Theme, Urgency } from '$lib/domain/lists';
import * as m from '$lib/i18n/generated/messages';

type Label = () => string;

export const THEME: Record<Theme, Label> = {
	radicalisation: m.theme_radicalisation,
	polarisation: m.theme_polarisation,
	hate: m.theme_hate
};

export const URGENCY: Record<Urgency, Label> = {
	calm: m.urgency_calm,
	soon: m.urgency_soon,
	urgent: m.urgency_urgent,
	danger: m.urgency_danger
};
