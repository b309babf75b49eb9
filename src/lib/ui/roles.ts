import type { Role } from '$lib/domain/lists';
import * as m from '$lib/i18n/generated/messages';

export const ROLE: Record<Role, () => string> = {
	expert: m.role_expert,
	police: m.role_police,
	coordinator: m.role_coordinator,
	guest: m.role_guest
};

/** What each role reads and does. */
export const ROLE_HINT: Record<Role, () => string> = {
	expert: m.role_expert_hint,
	police: m.role_police_hint,
	coordinator: m.role_coordinator_hint,
	guest: m.role_guest_hint
};
