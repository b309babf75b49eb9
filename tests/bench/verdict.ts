/** Figures held against what they are meant to be: a line each, and a failure where an aim is missed. */
import { expect } from '@playwright/test';

type Figure = {
	what: string;
	/** ms, unless `unit` says something else. */
	is: number;
	/** At most. Without one the figure only explains another. */
	aim?: number;
	unit?: string;
	/** What else is worth knowing: the other runs, the worst place. */
	note?: string;
};

const WIDTH = 62;
const title = ['what'.padEnd(WIDTH), 'figure'.padStart(10), 'at most'.padStart(10)].join('');
let isTitled = false;

/** Prints it. The test goes on when the aim is missed, and fails in the end. */
export function judge({ what, is, aim, unit = 'ms', note = '' }: Figure): void {
	const isMissed = aim !== undefined && is > aim;
	const show = (value: number): string => `${value.toFixed(value < 20 ? 1 : 0)} ${unit}`.trim();
	if (!isTitled) console.log(`\n${title}`);
	isTitled = true;
	const row = [what.padEnd(WIDTH), show(is).padStart(10), (aim === undefined ? '' : show(aim)).padStart(10)];
	console.log(`${row.join('')}${isMissed ? '  MISSED' : ''}${note && `  (${note})`}`);
	if (isMissed) expect.soft(show(is), what).toBe(`at most ${show(aim)}`);
}

/** The smallest value that this share of all does not exceed; 0.5 is the middle. */
export function percentile(values: readonly number[], share: number): number {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? NaN;
}

export const rounded = (values: readonly number[]): string => values.map((one) => one.toFixed(0)).join(' ');
