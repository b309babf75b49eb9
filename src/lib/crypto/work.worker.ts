import { findWork, type Task } from './work';

self.onmessage = ({ data }: MessageEvent<Task>) => {
	// Outside nobody hears of a promise that fails in here unless it is reported.
	findWork(data).then((work) => self.postMessage(work), reportError);
};
