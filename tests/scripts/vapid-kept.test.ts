/** The keys outlive a power cut: beside the real files a disk that keeps only what it was told to write out. */
import type * as files from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { vapidKeys } from '../../scripts/vapid.mjs';
import { tempFolder } from './bench';

/** By path: what a disk has of a file, and, of a folder, what names lead to. */
const disk = vi.hoisted(() => ({ names: new Map<string, string>(), cut: '' }));

vi.mock('node:fs', async (original) => {
	const real = await original<typeof files>();
	const opened = new Map<number, string>();
	const written = new Map<string, string>();
	const named = new Map<string, string>();
	const step = (name: string) => {
		if (disk.cut === name) throw new Error('the power is cut');
	};
	return {
		...real,
		openSync: (path: string, ...how: [string]) => {
			const file = real.openSync(path, ...how);
			opened.set(file, path);
			return file;
		},
		fsyncSync: (file: number) => {
			real.fsyncSync(file);
			const path = opened.get(file) ?? '';
			if (!real.fstatSync(file).isDirectory()) written.set(path, real.readFileSync(path, 'utf8'));
			else for (const [name, from] of named) disk.names.set(name, written.get(from) ?? '');
			step(path.endsWith('.new') ? 'written' : 'named');
		},
		renameSync: (from: string, to: string) => {
			real.renameSync(from, to);
			named.set(to, from);
			// Whether a disk has the new name before it was told to is left to chance.
			disk.names.set(to, written.get(from) ?? '');
			step('renamed');
		}
	};
});
afterEach(() => {
	disk.cut = '';
	disk.names.clear();
});

test('keys that were handed out are on the disk', () => {
	const folder = tempFolder();
	const keys = vapidKeys(folder);
	expect(JSON.parse(disk.names.get(join(folder, 'vapid.json')) ?? '')).toEqual(keys);
});

test.each(['written', 'renamed', 'named'])('cut off when it is %s, there are none or whole ones', (cut) => {
	const folder = tempFolder();
	disk.cut = cut;
	expect(() => vapidKeys(folder)).toThrow('the power is cut');
	const kept = disk.names.get(join(folder, 'vapid.json'));
	if (kept === undefined) expect(cut).toBe('written');
	else expect(Object.keys(JSON.parse(kept) as object)).toEqual(['publicKey', 'privateKey']);
	// The next start makes them, or takes these.
	disk.cut = '';
	expect(vapidKeys(folder)).toEqual(kept === undefined ? expect.anything() : JSON.parse(kept));
});
