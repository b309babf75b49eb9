/** What the bell needs of a browser's EventSource and Node lacks: the caller connects anew after an error. */
import { get, type ClientRequest } from 'node:http';

export class EventSource extends EventTarget {
	onerror: ((error: Event) => void) | null = null;
	readonly #asked: ClientRequest;
	constructor(address: string) {
		super();
		const fail = (): void => {
			if (!this.#asked.destroyed) this.#asked.destroy();
			this.onerror?.(new Event('error'));
			this.onerror = null;
		};
		this.#asked = get(address, { agent: false, headers: { Accept: 'text/event-stream' } }, (answer) => {
			let text = '';
			answer.setEncoding('utf8').on('data', (some: string) => {
				const whole = (text + some).split('\n\n');
				text = whole.pop() ?? '';
				for (const message of whole) this.#hear(message);
			});
			answer.on('close', fail).on('error', fail);
		});
		this.#asked.on('error', fail);
	}

	close(): void {
		this.onerror = null;
		this.#asked.destroy();
	}

	#hear(message: string): void {
		const field = (name: string): string => new RegExp(`^${name}: ?(.*)$`, 'm').exec(message)?.[1] ?? '';
		const type = field('event') || 'message';
		this.dispatchEvent(new MessageEvent(type, { data: field('data'), lastEventId: field('id') }));
	}
}
