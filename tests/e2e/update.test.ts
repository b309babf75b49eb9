import { appendFile, cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { APP, openBrowser, PHONE, setStage, signIn, waitUntilInstalled } from './stage';

test('a new version waits until somebody takes it, and costs no draft', async () => {
	const app = await mkdtemp(join(tmpdir(), 'heed-app-'));
	await cp(APP, app, { recursive: true });
	const stage = await setStage(app);
	const { page, close } = await openBrowser(PHONE);
	await signIn(page, stage.server.url, stage.people.Bartek);
	await waitUntilInstalled(page);
	await page.goto(`${stage.server.url}/alert/new`);
	await page.getByLabel('What happened?').fill('Half a sentence, then the bell');
	await page.waitForURL(/\/alert\/[a-z0-9]{15}$/);

	// A deploy: the worker's script is another one now.
	await appendFile(join(app, 'service-worker.js'), '\n// the next version\n');
	await page.reload();
	const use = page.getByRole('button', { name: 'Use it' });
	await expect(use).toBeVisible();
	await expect(page.getByLabel('What happened?')).toHaveValue('Half a sentence, then the bell');
	await page.getByLabel('What happened?').pressSequentially(' rang.');

	const reloaded = page.waitForEvent('load');
	await use.click();
	await reloaded;
	await expect(page.getByLabel('What happened?')).toHaveValue('Half a sentence, then the bell rang.');
	await expect(use).toHaveCount(0);
	await close();
	await stage.close();
	await rm(app, { recursive: true, force: true });
});
