import { readFileSync } from 'node:fs';
import type { Reporter, TestCase, TestResult } from '@playwright/test/reporter';

/** Characters of a screen that are said. */
const MOST = 2_000;

/** Says at the end what stood on the screen when a test failed: the files that a run leaves are often gone with it. */
export default class Stood implements Reporter {
	readonly #screens: string[] = [];

	onTestEnd({ title, expectedStatus }: TestCase, { status, attachments }: TestResult): void {
		if (status === expectedStatus) return;
		const path = attachments.find(({ name }) => name === 'error-context')?.path;
		const [, screen] = /```yaml\n(.*?)```/s.exec(path ? readFileSync(path, 'utf8') : '') ?? [];
		this.#screens.push(`${title}\n${screen?.slice(0, MOST) ?? 'No screen was kept.\n'}`);
	}

	onEnd(): void {
		for (const screen of this.#screens) console.log(`\nWhat stood there: ${screen}`);
	}
}
