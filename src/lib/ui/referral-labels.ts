import type { Answer } from '$lib/domain/content';
import type { Referral } from '$lib/domain/referring';
import * as m from '$lib/i18n/generated/messages';

/** How it stands with a referral. */
export const STATE: Record<Referral['state'], () => string> = {
	waiting: m.refer_waiting,
	accepted: m.refer_accepted,
	declined: m.refer_declined,
	returned: m.refer_returned,
	withdrawn: m.refer_withdrawn
};

/** Who said what to it. */
export const DID: Record<Answer, (who: { name: string }) => string> = {
	accepted: m.refer_did_accepted,
	declined: m.refer_did_declined,
	returned: m.refer_did_returned,
	withdrawn: m.refer_did_withdrawn
};

/** What somebody can do to it. */
export const ACT: Record<Answer, () => string> = {
	accepted: m.refer_accept,
	declined: m.refer_decline,
	returned: m.refer_return,
	withdrawn: m.refer_withdraw
};
