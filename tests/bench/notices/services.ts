/** Three push services in a process of their own, which take everything, and tell when something comes to `/pressing`. */
import { readFileSync } from 'node:fs';
import { openEndpoint } from '../../notices/endpoint';

const certificate = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as { key: string; cert: string };
const answer = ({ path }: { path: string }) => {
	if (path.startsWith('/pressing')) process.send?.({ pressing: Date.now() });
	return { status: 201 };
};
const three = await Promise.all([0, 1, 2].map(() => openEndpoint(answer, { keeps: false, certificate })));
process.send?.({ ports: three.map(({ port }) => port) });
process.on('disconnect', () => process.exit(0));
