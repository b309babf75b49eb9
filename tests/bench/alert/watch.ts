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
	});

/** Has the page drawn anew all the time, which shows how long it stood still and costs a little by itself. */
export const watchFrames = (page: Page): Promise<void> =>
	page.evaluate(() => {
		const { seen } = window as unknown as { seen: Watched };
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
			const put = await window.barePut(bytes);
			const took: number[] = [];
			for (let at = 0; at < count; at++) {
				const begun = performance.now();
				await put();
				took.push(performance.now() - begun);
				await new Promise((resolve) => setTimeout(resolve, pause));
			}
			return took;
		},
		{ count, bytes, pause }
	);

/**
 * ms from each key press in a bare text field, on a page with nothing else, to the end of a bare put of so many bytes: what
 * the browser takes to hear of a key and to show it is in this too.
 */
export async function rawKeys(page: Page, text: string, bytes: number, pause: number): Promise<number[]> {
	await page.evaluate(async (bytes) => {
		const put = await window.barePut(bytes);
		const field = document.createElement('textarea');
		document.body.replaceChildren(field);
		const took: number[] = [];
		Object.assign(window, { took });
		let pressed = 0;
		field.addEventListener('keydown', ({ timeStamp }) => (pressed = timeStamp));
		field.addEventListener('input', () => {
			const begun = pressed;
			void put().then(() => took.push(performance.now() - begun));
		});
	}, bytes);
	await page.locator('textarea').pressSequentially(text, { delay: pause });
	await page.waitForTimeout(500);
	return page.evaluate(() => (window as unknown as { took: number[] }).took);
}

declare global {
	interface Window {
		barePut: (bytes: number) => Promise<() => Promise<unknown>>;
	}
}

/** Gives a page `barePut`: opens a database of its own, and puts so many random bytes into it at each call. */
export const givePut = (page: Page): Promise<void> =>
	page.evaluate(() => {
		window.barePut = async (bytes) => {
			const database = await new Promise<IDBDatabase>((resolve) => {
				const asked = indexedDB.open('bench', 1);
				asked.onupgradeneeded = () => void asked.result.createObjectStore('rows', { keyPath: 'id' });
				asked.onsuccess = () => resolve(asked.result);
			});
			return () => {
				const box = crypto.getRandomValues(new Uint8Array(bytes));
				const put = database.transaction('rows', 'readwrite');
				put.objectStore('rows').put({ id: 'draft', box });
				return new Promise((resolve) => (put.oncomplete = resolve));
			};
		};
	});
