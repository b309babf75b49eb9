import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Now, what nobody holds on to is cleared away: as an engine does whenever it likes. */
export function clearAway(): void {
	setFlagsFromString('--expose-gc');
	(runInNewContext('gc') as () => void)();
}
