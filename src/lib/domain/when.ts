import * as z from 'zod/mini';

/** Milliseconds since 1970 by the author's clock: what was meant, never what decides. */
export const At = z.int();

/** 'YYYY-MM-DD', a day that people agree on, wherever they are. One that no calendar has could not be shown. */
export const Day = z.string().check(
	z.regex(/^\d{4}-\d{2}-\d{2}$/),
	z.refine((day) => !Number.isNaN(Date.parse(`${day}T12:00:00Z`)))
);

/** Browsers let a year have six digits where nothing says how far it may go. */
export const LAST_DAY = '9999-12-31';

/** The day of a time in ms, by the clock of this device. */
export function dayOf(time: number): string {
	const at = new Date(time);
	const two = (n: number): string => String(n).padStart(2, '0');
	return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

/** The last moment of a day, in ms, by the clock of this device. */
export const endOf = (day: string): number => Date.parse(`${day}T23:59:59.999`);
