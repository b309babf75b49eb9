/** How often a property is tried: a thousand times, or as often as `npm run properties` says. */
export const RUNS = Number(process.env.PROPERTY_RUNS ?? 1000);
