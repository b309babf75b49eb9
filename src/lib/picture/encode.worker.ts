import { fail } from '../domain/result';
import { encode, type Size } from './encode';

export type Asked = { file: File; size: Size };

self.onmessage = async ({ data: { file, size } }: MessageEvent<Asked>) => {
	// Nobody outside hears of a promise that fails in here, and an answer would be waited for for ever: a file may have gone.
	self.postMessage(await encode(file, size).catch(() => fail({ kind: 'undecodable' as const })));
};
