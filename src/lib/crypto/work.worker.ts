import { findWork, type Task } from './work';

self.onmessage = ({ data }: MessageEvent<Task>) => {
	void findWork(data).then((work) => self.postMessage(work));
};
