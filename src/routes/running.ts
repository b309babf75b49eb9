import type { App } from '$lib/app';
import { allWritten } from '$lib/ui/pen';
import { tellTyping } from '$lib/ui/typing';
import { beforeUpdate, onUpdate } from '$lib/update';
import { badge } from './badge';
import { idle } from './idle';
import { hearNotices } from './notified';
import { keepTeamScreens } from './pack';

/** What goes on beside every screen, and who hears of a new version. Once, for as long as the page lives. */
export function run(app: App, outdated: () => void): void {
	onUpdate(outdated);
	beforeUpdate(allWritten);
	idle(app);
	tellTyping();
	badge(app);
	keepTeamScreens(app);
	hearNotices(app);
}
