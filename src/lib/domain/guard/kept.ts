/** The cache in which the service worker keeps the guard and its names. It can be fetched again: words go before it. */
export const GUARD_CACHE = 'heed-guard';
