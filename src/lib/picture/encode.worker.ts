import { encode, type Size } from './encode';

export type Asked = { file: File; size: Size };

self.onmessage = async ({ data: { file, size } }: MessageEvent<Asked>) => {
	self.postMessage(await encode(file, size));
};
