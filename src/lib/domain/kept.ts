/** Caches of the service worker, each kept from when it is first wanted. They can be fetched again: words go before them. */

/** The privacy guard and its names. */
export const GUARD_CACHE = 'heed-guard';
/** The screens of a team. */
export const TEAM_CACHE = 'heed-team';
/** Screens that cannot do without the network, and are rarely wanted. */
export const ONLINE_CACHE = 'heed-online';
