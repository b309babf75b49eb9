/** `tests/notices/courier.ts` made one file once, so that a start takes as long as that of the real one. */
import { type ChildProcess, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { ROOT } from '../../scripts/root.mjs';
import type { Certificate } from './certificate';
import type { makeVapid } from './endpoint';

/** @returns the file, in `folder`. */
export const bundleCourier = (folder: string): Promise<string> =>
	bundle(folder, 'courier', 'tests/notices/courier.ts');

export async function bundle(folder: string, name: string, source: string): Promise<string> {
	await build({
		configFile: false,
		root: ROOT,
		logLevel: 'warn',
		resolve: { alias: { $lib: join(ROOT, 'src/lib') } },
		ssr: { noExternal: true },
		build: {
			ssr: join(ROOT, source),
			emptyOutDir: false,
			outDir: folder,
			target: 'node20.19',
			rolldownOptions: { output: { entryFileNames: `${name}.mjs`, codeSplitting: false } }
		}
	});
	return join(folder, `${name}.mjs`);
}

type Where = {
	file: string;
	folder: string;
	url: string;
	secret: string;
	vapid: ReturnType<typeof makeVapid>;
	endpoint: { port: number | readonly number[]; certificate: Certificate };
};

/** Starts it. Its process is the caller's to end. */
export function startCourier({ file, folder, url, secret, vapid, endpoint }: Where): ChildProcess {
	const certificate = join(folder, 'endpoint.pem');
	writeFileSync(certificate, endpoint.certificate.cert);
	const child = spawn(process.execPath, [file], {
		env: {
			HEED_URL: url,
			HEED_COURIER_SECRET: secret,
			HEED_VAPID_PUBLIC: vapid.publicKey,
			HEED_VAPID_PRIVATE: vapid.privateKey,
			HEED_VAPID_SUBJECT: vapid.subject,
			ENDPOINT_PORT: String(endpoint.port),
			ENDPOINT_CERTIFICATE: certificate
		},
		stdio: ['ignore', 'ignore', 'inherit']
	});
	const leaveNoneBehind = () => child.kill('SIGKILL');
	process.once('exit', leaveNoneBehind);
	child.once('close', () => process.removeListener('exit', leaveNoneBehind));
	return child;
}
