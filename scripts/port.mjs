// @ts-check
import { createServer } from 'node:net';
import { Fault } from './fault.mjs';

/** @param {number} port */
export const portTaken = (port) =>
	new Fault(
		`Port ${port} is taken by another program: stop that one, or choose another port with HEED_PORT.`
	);

/**
 * Says before the long steps what PocketBase would only say after them.
 * @param {number} port on 127.0.0.1
 * @returns {Promise<void>}
 */
export function requireFreePort(port) {
	return new Promise((resolve, reject) => {
		const probe = createServer();
		probe.once('error', (/** @type {NodeJS.ErrnoException} */ error) => {
			if (error.code === 'EADDRINUSE') return reject(portTaken(port));
			reject(new Fault(`Port ${port} cannot be used (${error.code}): choose another with HEED_PORT.`));
		});
		probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => probe.close(() => resolve()));
	});
}
