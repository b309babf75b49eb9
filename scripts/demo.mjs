// @ts-check
/** `npm run demo`: Heed with a made-up team in a folder of its own. */
import { run } from './node.mjs';

run(async () => {
	const { serve } = await import('./serve.mjs');
	const { greetVisitor } = await import('./people.mjs');
	await serve({ data: 'data-demo', greet: greetVisitor });
});
