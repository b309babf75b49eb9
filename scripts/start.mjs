// @ts-check
/** `npm start`: Heed for real use. */
import { run } from './node.mjs';

run(async () => {
	const { greetOperator, serve } = await import('./serve.mjs');
	await serve({ data: 'data', greet: greetOperator });
});
