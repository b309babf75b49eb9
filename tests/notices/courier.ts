/**
 * The courier as a process of its own, in a network in which all push services are endpoints on this machine. All else is
 * as in src/courier/main.ts, which knows no such network.
 */
import { readFileSync } from 'node:fs';
import { runCourier } from '../../src/courier/courier';
import { Settings } from '../../src/courier/settings';
import { networkTo } from './endpoint';

const { ENDPOINT_PORT = '', ENDPOINT_CERTIFICATE = '' } = process.env;
const leaving = new AbortController();
process.on('SIGTERM', () => leaving.abort());

const certificate = { key: '', cert: readFileSync(ENDPOINT_CERTIFICATE, 'utf8') };
await runCourier(Settings.parse(process.env), {
	network: networkTo({ port: ENDPOINT_PORT.split(',').map(Number), certificate }),
	sendLetter: () => Promise.resolve({ did: 'kept', why: 'no_mail' }),
	say: (line) => console.log(line),
	gone: leaving.signal
});
process.exit(0);
