/** The same promise by enumeration: one phone, one alert with pictures, one message, and a kill at each point in turn. */
import { Fate } from './fate';
import { runSchedule } from './schedule';

const SEED = 7;
const PLAN = { devices: 1, things: 3 };

/** After every transaction and every request of the way out, the tab or the whole browser ends, or the answer is lost. */
export async function everyCut(): Promise<{ points: number; failed: string[] }> {
	const { points } = await runSchedule(SEED, Fate.byList([]), PLAN);
	const failed: string[] = [];
	for (let point = 0; point < points; point++) {
		for (const kind of ['tab_killed', 'browser_killed', 'lost_answer'] as const) {
			const { because } = await runSchedule(SEED, Fate.byList([[point, kind]]), PLAN);
			if (because.length > 0) failed.push(`${kind} at ${point}: ${because.join('; ')}`);
		}
	}
	return { points, failed };
}
