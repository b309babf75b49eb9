import type { Me } from '$lib/app';

/** Where somebody must go before this address can be shown, or null. `founded` is null while unknown. */
export function detour(path: string, me: Me | null, founded: boolean | null): string | null {
	if (founded === false && me === null) return path === '/found' ? null : '/found';
	if (!/^\/(alert|case|code|team|tray|settings|recover\/drafts)(\/|$)/.test(path)) return null;
	if (me === null) return `/sign-in?to=${encodeURIComponent(path)}`;
	// Writing never needs unlocking, reading does.
	if (me.locked && /^\/(case|team|recover\/drafts)/.test(path))
		return `/unlock?to=${encodeURIComponent(path)}`;
	return null;
}

/** Where somebody lands who did not ask for anything: a member with a wide screen at the team's cases. */
export const landing = (me: Me, wide: boolean): string => (wide && me.roles.length > 0 ? '/team' : '/');

/** The address to go on to after a detour; only ever one of ours. */
export function onward(to: string | null): string | null {
	return to && /^\/[^/\\]/.test(to) ? to : null;
}
