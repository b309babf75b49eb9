/** What begins once the first screen can be used: the engine, and what comes of earlier starts. */
import { getLocale } from '../i18n/generated/runtime';
import { install } from '../update';
import { clearDropped } from './adopt';
import { follow } from './engine';
import { refreshFacts, refreshRolls } from './facts';
import { stock } from './library';
import { renewMarker } from './loss';
import { stockPlaces } from './places';
import { finishRemovals } from './removing';
import { clearShares } from './shared';
import { keepWords } from './words';

export function settle(): void {
	follow();
	void install();
	void keepWords(getLocale());
	void clearDropped();
	void clearShares();
	void refreshFacts().then(refreshRolls);
	stock(getLocale()).catch(reportError);
	void stockPlaces();
	void finishRemovals();
	void renewMarker();
}
