/** One thing that was done, or is to come. `time` in ms. */
export type Line = { time: number | null; text: string; is: 'done' | 'next' | 'had' };
