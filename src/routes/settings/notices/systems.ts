import type { System } from '$lib/domain/notice';
import * as m from '$lib/i18n/generated/messages';

export const SYSTEM: Record<System, () => string> = {
	android: m.system_android,
	ios: m.system_ios,
	desktop: m.system_desktop
};

/** Of all, in this order; the domain's own list would bring its schemas along. */
export const SYSTEMS = Object.keys(SYSTEM) as System[];
