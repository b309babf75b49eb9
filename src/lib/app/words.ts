/** The service worker keeps the words of the languages that are spoken here. */
import type { Locale } from '../domain/lists';

/** Says whether the words of a language are on this device now. Where no worker is at work yet, it hears of it when it is. */
export async function keepWords(locale: Locale): Promise<boolean> {
	if (!('serviceWorker' in navigator)) return true;
	const { controller, ready } = navigator.serviceWorker;
	const ask = (worker: ServiceWorker): Promise<boolean> =>
		new Promise((resolve) => {
			const { port1, port2 } = new MessageChannel();
			port1.onmessage = ({ data }) => resolve(data === true);
			worker.postMessage({ speak: locale }, [port2]);
		});
	if (controller) return ask(controller);
	void ready.then(({ active }) => active && ask(active));
	return true;
}
