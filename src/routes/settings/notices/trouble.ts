import type { TellError } from '$lib/app';
import * as m from '$lib/i18n/generated/messages';

/** Why a device is not told, or was not tried. */
export const TROUBLE: Record<TellError['kind'] | 'often', () => string> = {
	silent: m.notices_silent,
	unsupported: m.notices_unsupported,
	denied: m.notices_denied,
	dismissed: m.notices_dismissed,
	no_service: m.notices_no_service,
	elsewhere: m.notices_elsewhere,
	unreachable: m.act_unreachable,
	often: m.notices_just
};
