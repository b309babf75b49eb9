import type { Basis, Consent } from '$lib/domain/lists';
import * as m from '$lib/i18n/generated/messages';

export const BASIS: Record<Basis, () => string> = {
	child_protection: m.basis_child_protection,
	public_task: m.basis_public_task,
	vital_interest: m.basis_vital_interest,
	legal_duty: m.basis_legal_duty,
	other: m.basis_other
};

export const CONSENT: Record<Consent, () => string> = {
	given: m.consent_given,
	guardian: m.consent_guardian,
	released: m.consent_released,
	none: m.consent_none
};
