import type { Page } from '@playwright/test';

/**
 * What an open page is watched for from here on. `keys` and `drafts`: of each key press in the story, when it was made, when the page
 * heard of it, and when a draft that holds it was encrypted and written. `chosen` and `pictures`: when one was chosen, and
 * when it was written. `frames`: how long each was waited for. All in ms of the page's clock.
 */
export type Watched = {
	keys: { pressed: number; heard: number; length: number }[];
	drafts: { written: number; length: number; bytes: number }[];
	chosen: number[];
	pictures: number[];
	frames: { at: number; gap: number }[];
};

/** Looks on where the page encrypts and where it writes; changes nothing of it. */
export const watch = (page: Page): Promise<void> =>
	page.evaluate(() => {
		const seen: Watched = { keys: [], drafts: [], chosen: [], pictures: [], frames: [] };
		Object.assign(window, { seen });
		let pressed = 0;
		addEventListener('keydown', ({ timeStamp }) => (pressed = timeStamp), true);
		addEventListener(
			'input',
			({ target }) => {
				if (!(target instanceof HTMLTextAreaElement)) return;
				seen.keys.push({ pressed, heard: performance.now(), length: target.value.length });
			},
			true
		);
		addEventListener(
			'change',
			({ target }) => {
				if (target instanceof HTMLInputElement && target.type === 'file') seen.chosen.push(performance.now());
			},
			true
		);

		// The form writes one draft after another: what is encrypted first is written first.
		const sealed: { length: number; bytes: number }[] = [];
		const { subtle } = crypto;
		const encrypt = subtle.encrypt.bind(subtle);
		subtle.encrypt = (algorithm, key, data) => {
			const box = encrypt(algorithm, key, data);
			const { additionalData } = algorithm as AesGcmParams;
			const text = new TextDecoder();
			if (additionalData && text.decode(additionalData).startsWith('draft|')) {
				const { story } = JSON.parse(text.decode(data)) as { story: string };
				sealed.push({ length: story.length, bytes: data.byteLength });
			}
			return box;
		};
		const stores = IDBObjectStore.prototype;
		const put = Reflect.get(stores, 'put') as (
			this: IDBObjectStore,
			...given: unknown[]
		) => IDBRequest<IDBValidKey>;
		stores.put = function (this: IDBObjectStore, ...given) {
			const draft = this.name === 'drafts' && sealed.shift();
			const isPicture = this.name === 'pictures';
			this.transaction.addEventListener('complete', () => {
				const written = performance.now();
				if (isPicture) seen.pictures.push(written);
				if (draft) seen.drafts.push({ written, ...draft });
			});
			return put.apply(this, given);
		};

		let last = performance.now();
		const frame = (): void => {
			const now = performance.now();
			seen.frames.push({ at: now, gap: now - last });
			last = now;
			requestAnimationFrame(frame);
		};
		requestAnimationFrame(frame);
	});

/** What was seen since it was last asked. */
export const seen = (page: Page): Promise<Watched> =>
	page.evaluate(() => {
		const { seen } = window as unknown as { seen: Watched };
		const copy = structuredClone(seen);
		for (const list of Object.values(seen)) list.length = 0;
		return copy;
	});

/** ms that each of so many bare puts of so many bytes takes, `pause` ms apart: what IndexedDB itself costs here. */
export const rawPuts = (page: Page, count: number, bytes: number, pause: number): Promise<number[]> =>
	page.evaluate(
		async ({ count, bytes, pause }) => {
			const database = await new Promise<IDBDatabase>((resolve) => {
				const asked = indexedDB.open('bench', 1);
				asked.onupgradeneeded = () => void asked.result.createObjectStore('rows', { keyPath: 'id' });
				asked.onsuccess = () => resolve(asked.result);
			});
			const took: number[] = [];
			for (let version = 1; version <= count; version++) {
				const box = crypto.getRandomValues(new Uint8Array(bytes));
				const begun = performance.now();
				const put = database.transaction('rows', 'readwrite');
				put.objectStore('rows').put({ id: 'draft', box, version });
				await new Promise((resolve) => (put.oncomplete = resolve));
				took.push(performance.now() - begun);
				await new Promise((resolve) => setTimeout(resolve, pause));
			}
			database.close();
			return took;
		},
		{ count, bytes, pause }
	);
