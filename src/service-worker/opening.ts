/// <reference lib="webworker" />
import { hear, isOver, NOTHING, type Held, type Word } from '../lib/domain/opening';

/**
 * Keeps the opening in a variable, so that a page that reloads stays open. The browser ends an idle worker within a
 * minute, and what it knew is gone: a page that somebody looks at keeps it awake, nothing else does.
 */
export function holdOpening(worker: ServiceWorkerGlobalScope): void {
	let held: Held = NOTHING;
	worker.addEventListener('message', ({ data, ports }: ExtendableMessageEvent) => {
		if (!isWord(data)) return;
		held = hear(held, data);
		if (held.opening && isOver(held.opening, Date.now())) {
			held = hear(held, { say: 'close', id: held.opening.id });
		}
		if (data.say === 'ask') ports[0]?.postMessage(held.opening);
	});
}

const isWord = (data: unknown): data is Word => typeof data === 'object' && data !== null && 'say' in data;
