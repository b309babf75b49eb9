import type { Page } from '@playwright/test';

/**
 * Makes the cases that are on an unlocked device as long as `long` says, in entries by case, the rest `usual` each. What is
 * added is a row in each table that the product would have written it to: as sealed on the server (the bytes of a message
 * that came, since nobody opens them again), and as opened under the device's own vault key, that the page is asked for as
 * another tab would. Nothing is told to the app: load it anew.
 */
export const fill = (page: Page, usual: number, long: number): Promise<{ cases: number; entries: number }> =>
	page.evaluate(
		async ({ usual, long }) => {
			type Row = { id: string; case: string; kind: string; key: string; rev: number };
			const vault = await new Promise<CryptoKey>((resolve, reject) => {
				// Another tab would answer at once; a device that has locked itself meanwhile never does.
				setTimeout(() => reject(new Error('nobody has the vault key: is it locked?')), 10_000);
				const channel = new BroadcastChannel('heed-vault');
				channel.onmessage = ({ data }: MessageEvent<{ say: string; opening?: { key: CryptoKey } }>) => {
					if (data.say !== 'open' || !data.opening) return;
					channel.close();
					resolve(data.opening.key);
				};
				channel.postMessage({ say: 'ask' });
			});
			const done = <T>(asked: IDBRequest<T>): Promise<T> =>
				new Promise((resolve, reject) => {
					asked.onsuccess = () => resolve(asked.result);
					asked.onerror = () => reject(asked.error ?? new Error('the store does not answer'));
				});
			const names = (await indexedDB.databases()).map(({ name }) => name ?? '');
			const database = await done(indexedDB.open(names.find((one) => /^heed-[a-z0-9]{15}$/.test(one)) ?? ''));
			const { subtle } = crypto;
			const [text, bytes] = [new TextDecoder(), new TextEncoder()];
			const aes = (nonce: Uint8Array<ArrayBuffer>, id: string): AesGcmParams => ({
				...{ name: 'AES-GCM', iv: nonce, additionalData: bytes.encode(`opened|${id}`) }
			});
			const wordOf = (nth: number): string =>
				['table', 'flag', 'picture', 'corridor', 'Monday', 'friends', 'teacher', 'joke'][nth % 8] ?? '';

			const all = (await done(database.transaction('entries').objectStore('entries').getAll())) as Row[];
			const byCase = Map.groupBy(all, (row) => row.case);
			let nth = 0;
			let isFirst = true;
			for (const [kase, rows] of byCase) {
				const model = rows.findLast(({ kind }) => kind === 'message');
				if (!model) continue;
				const old = (await done(database.transaction('opened').objectStore('opened').get(model.id))) as {
					box: Uint8Array<ArrayBuffer>;
				};
				const opened = JSON.parse(
					text.decode(await subtle.decrypt(aes(old.box.slice(0, 12), model.id), vault, old.box.slice(12)))
				) as { content: { text: string }; header: { seq: number; after: string[] } };
				const wanted = (isFirst ? long : usual) - rows.length;
				isFirst = false;
				let before = model.id;
				const made = await Promise.all(
					Array.from({ length: Math.max(0, wanted) }, async (_, at) => {
						const id = `fill${String(nth++).padStart(11, '0')}`;
						const words = Array.from(
							{ length: 24 },
							(__, word) => `${wordOf(nth + word)}${(nth * 7 + word) % 500}`
						);
						const header = {
							...{ ...opened.header, entry: id },
							...{ seq: opened.header.seq + at + 1, after: [before] }
						};
						before = id;
						const nonce = crypto.getRandomValues(new Uint8Array(12));
						const inside = { content: { ...opened.content, text: words.join(' ') }, header };
						const sealed = new Uint8Array(
							await subtle.encrypt(aes(nonce, id), vault, bytes.encode(JSON.stringify(inside)))
						);
						const box = new Uint8Array([...nonce, ...sealed]);
						return { entry: { ...model, id }, opened: { id, case: kase, box } };
					})
				);
				const writing = database.transaction(['entries', 'opened', 'summaries'], 'readwrite');
				for (const { entry, opened: row } of made) {
					writing.objectStore('entries').put(entry);
					writing.objectStore('opened').put(row);
				}
				writing.objectStore('summaries').delete(kase);
				await new Promise((resolve) => (writing.oncomplete = resolve));
			}
			const entries = await done(database.transaction('entries').objectStore('entries').count());
			database.close();
			return { cases: byCase.size, entries };
		},
		{ usual, long }
	);

/** How many rows a table on the device has; `whole` counts only those with a box. */
export const countOn = (page: Page, table: 'opened' | 'summaries'): Promise<number> =>
	page.evaluate(async (table) => {
		const names = (await indexedDB.databases()).map(({ name }) => name ?? '');
		const name = names.find((one) => /^heed-[a-z0-9]{15}$/.test(one)) ?? '';
		const database = await new Promise<IDBDatabase>((resolve) => {
			const asked = indexedDB.open(name);
			asked.onsuccess = () => resolve(asked.result);
		});
		const rows = await new Promise<object[]>((resolve) => {
			const store = database.transaction(table).objectStore(table);
			const asked = store.getAll() as IDBRequest<object[]>;
			asked.onsuccess = () => resolve(asked.result);
		});
		database.close();
		return rows.filter((row) => 'box' in row).length;
	}, table);
