import { stretch } from './stretch';

type Asked = { passphrase: string; salt: Uint8Array };

self.onmessage = ({ data }: MessageEvent<Asked>) => {
	// Outside nobody hears of a promise that fails in here, for want of memory, unless it is reported.
	stretch(data.passphrase, data.salt).then((root) => self.postMessage(root), reportError);
};
