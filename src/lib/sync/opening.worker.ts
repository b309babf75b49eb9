/** Opens what came in, apart from the screen: hybrid keys take a slow phone 15 ms each. */
import { Device } from '../store/device';
import { openStore } from '../store/person';
import { openNew } from './opening';

/** Answered with '' when all is opened, or with what went wrong. */
export type Errand = { account: string; vault: CryptoKey };

const device = new Device();

addEventListener('message', ({ data }: MessageEvent<Errand>) => {
	void device
		.rolls()
		.then((rolls) => openNew(openStore(data.account), data.vault, data.account, rolls))
		.then(
			() => postMessage(''),
			(error: unknown) => postMessage(String(error))
		);
});
