import type { Subscription } from '../../../src/lib/domain/notice';

/** What the bare loop is given. `ports` belong to `hosts`. */
export type Work = {
	pushes: { to: Subscription; payload: string; topic: string }[];
	hosts: string[];
	ports: number[];
	atOnce: number;
	vapid: { publicKey: string; privateKey: string; subject: string };
	cert: string;
};
