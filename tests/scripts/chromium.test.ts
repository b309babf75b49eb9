import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { ensureChromium } from '../../scripts/chromium.mjs';
import { tempFolder } from './bench';

const SENTENCE = 'install it yourself and name its file in CHROMIUM';

test('a Chromium that is there is left as it is', async () => {
	const { install, asked } = withApt('exit 1');
	await install({ CHROMIUM: process.execPath });
	expect(asked()).toEqual([]);
});

test('CHROMIUM that cannot be run is named', async () => {
	await expect(withApt('').install({ CHROMIUM: '/no/such' })).rejects.toThrow('CHROMIUM names /no/such');
});

test('a missing Chromium is installed by apt, after an update', async () => {
	const { install, asked } = withApt('case "$1" in install) touch "$DEBIAN"; chmod +x "$DEBIAN";; esac');
	await install({});
	expect(asked()).toEqual(['update', 'install -y --no-install-recommends chromium']);
});

test.each(['exit 1', 'exit 0'])(
	'where apt does not bring it (%s), one sentence says what to do',
	async (does) => {
		await expect(withApt(does).install({})).rejects.toThrow(SENTENCE);
	}
);

/** A machine whose apt-get notes what it was asked and then does as told; sudo passes on. */
function withApt(does: string) {
	const folder = tempFolder();
	const log = join(folder, 'log');
	const debian = join(folder, 'chromium');
	const program = (name: string, text: string) => {
		writeFileSync(join(folder, name), `#!/bin/sh\n${text}\n`);
		chmodSync(join(folder, name), 0o755);
	};
	writeFileSync(log, '');
	program('sudo', 'shift; exec "$@"');
	program('apt-get', `DEBIAN='${debian}'; echo "$@" >> '${log}'\n${does}`);

	return {
		asked: () => readFileSync(log, 'utf8').split('\n').filter(Boolean),
		install: async (env: Record<string, string>) => {
			vi.stubEnv('PATH', `${folder}:${process.env.PATH ?? ''}`);
			try {
				await ensureChromium({ cwd: folder, env, say: () => undefined, debian });
			} finally {
				vi.unstubAllEnvs();
			}
		}
	};
}
