/** The same pushes by web-push's own sealing and sending, in a bare loop; tells how many ms that took. */
import { readFileSync } from 'node:fs';
import { Agent } from 'node:https';
import webPush from 'web-push';
import type { Work } from './work';

const { pushes, ports, hosts, atOnce, vapid, cert } = JSON.parse(
	readFileSync(process.argv[2] ?? '', 'utf8')
) as Work;
// Nobody else is asked where these names are.
const agent = new Agent({
	keepAlive: true,
	ca: cert,
	lookup: (_name, _options, found) => found(null, [{ address: '127.0.0.1', family: 4 }])
});

let next = 0;
async function sendUntil(end: number): Promise<void> {
	while (next < end) {
		const one = pushes[next++];
		if (!one) return;
		const { to, payload, topic } = one;
		const url = new URL(to.endpoint);
		url.port = String(ports[hosts.indexOf(url.hostname)]);
		const subscription = { endpoint: url.href, keys: { p256dh: to.p256dh, auth: to.auth } };
		await webPush.sendNotification(subscription, payload, {
			vapidDetails: vapid,
			TTL: 3600,
			urgency: 'normal',
			topic,
			agent
		});
	}
}

process.on('message', ({ from, to }: { from: number; to: number }) => {
	next = from;
	const since = performance.now();
	void Promise.all(Array.from({ length: atOnce }, () => sendUntil(to))).then(() =>
		process.send?.({ ms: performance.now() - since })
	);
});
process.on('disconnect', () => process.exit(0));
process.send?.({ ready: true });
