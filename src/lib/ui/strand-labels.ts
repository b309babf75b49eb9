import type { Strand } from '$lib/domain/expertise';
import * as m from '$lib/i18n/generated/messages';

export const STRAND: Record<Strand, () => string> = {
	right_wing: m.strand_right_wing,
	islamist: m.strand_islamist,
	left_wing: m.strand_left_wing,
	foreign_nationalist: m.strand_foreign_nationalist,
	misogynist: m.strand_misogynist,
	conspiracy: m.strand_conspiracy,
	mixed: m.strand_mixed,
	single_issue: m.strand_single_issue
};
