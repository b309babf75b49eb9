// @ts-check
/** `npm run build`: builds, whether or not something has changed. */
import { run } from './node.mjs';

run(async () => {
	const { ROOT } = await import('./root.mjs');
	const { build } = await import('./product.mjs');
	await build(ROOT);
});
