import { stretch } from './stretch';

type Asked = { passphrase: string; salt: Uint8Array };

self.onmessage = ({ data }: MessageEvent<Asked>) => {
	void stretch(data.passphrase, data.salt).then((root) => self.postMessage(root));
};
