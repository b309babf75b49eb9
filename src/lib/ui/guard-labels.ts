import type { Kind } from '$lib/domain/guard/mark';
import * as m from '$lib/i18n/generated/messages';

/** What was found, as far as one can tell. */
export const FOUND: Record<Kind, (of: { said: string }) => string> = {
	PERSON: m.guard_is_person,
	PHONE: m.guard_is_phone,
	EMAIL: m.guard_is_email,
	ADDRESS: m.guard_is_address,
	DOB: m.guard_is_dob,
	IBAN: m.guard_is_iban,
	PLATE: m.guard_is_plate,
	NATIONAL_ID: m.guard_is_id,
	LINK: m.guard_is_link
};

/** Why that matters. */
export const WHY: Record<Kind, () => string> = {
	PERSON: m.guard_why_person,
	PHONE: m.guard_why_phone,
	EMAIL: m.guard_why_email,
	ADDRESS: m.guard_why_address,
	DOB: m.guard_why_dob,
	IBAN: m.guard_why_iban,
	PLATE: m.guard_why_plate,
	NATIONAL_ID: m.guard_why_id,
	LINK: m.guard_why_link
};

/** What may stand in its place. A person has a letter. */
export const INSTEAD: Record<Exclude<Kind, 'PERSON'>, () => string> = {
	PHONE: m.guard_instead_phone,
	EMAIL: m.guard_instead_email,
	ADDRESS: m.guard_instead_address,
	DOB: m.guard_instead_dob,
	IBAN: m.guard_instead_iban,
	PLATE: m.guard_instead_plate,
	NATIONAL_ID: m.guard_instead_id,
	LINK: m.guard_instead_link
};
