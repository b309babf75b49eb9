import type { App } from '$lib/app';
import { TEAM_CACHE } from '$lib/domain/kept';
import { onChange } from '$lib/store/live';

/**
 * Whoever is of a team has its screens on the device before opening one, so that they are there without a network. Once,
 * for as long as the page lives.
 */
export function keepTeamScreens(app: Pick<App, 'me'>): void {
	if (!('serviceWorker' in navigator)) return;
	let asked = false;
	const look = async (): Promise<void> => {
		if (asked || !(await app.me())?.roles.length) return;
		asked = true;
		end();
		const { active } = await navigator.serviceWorker.ready;
		active?.postMessage({ wanted: TEAM_CACHE });
	};
	const ask = (): void => void look().catch(reportError);
	const end = onChange(ask);
	ask();
}
