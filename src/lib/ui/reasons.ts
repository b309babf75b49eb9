import type { Waiting } from '$lib/app';
import * as m from '$lib/i18n/generated/messages';

/** Why something is still on this device. */
export const REASON: Record<Exclude<Waiting, ''>, () => string> = {
	network: m.reason_network,
	portal: m.reason_portal,
	sign_in: m.reason_sign_in,
	server: m.reason_server,
	refused: m.reason_refused,
	closed: m.reason_closed
};

/** What comes finds no room here. */
export const FULL = m.space_little;
