import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startServer, type Server } from '../server';

let folder: string;
let server: Server;
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'heed-public-'));
	await mkdir(join(folder, '_app/immutable/chunks'), { recursive: true });
	await mkdir(join(folder, '.well-hidden'));
	const files = {
		'index.html': `<!doctype html><title>Heed</title>${'<p>Notice, say, act.</p>'.repeat(200)}`,
		'_app/immutable/chunks/a1b2c3.js': `export const a = '${'x'.repeat(4000)}';`,
		'_app/version.json': '{"version":"1"}',
		'service-worker.js': 'self.skip = 1;',
		'manifest.webmanifest': '{}',
		'icon.png': 'not really',
		'.env': 'SECRET=1',
		'.well-hidden/note.txt': 'hidden'
	};
	for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
	server = await startServer({ publicDir: folder });
});
afterAll(async () => {
	await server.stop();
	await rm(folder, { recursive: true });
});

const get = (path: string, headers: Record<string, string> = {}) =>
	fetch(server.url + path, { headers, redirect: 'manual' });

/** Paths exactly as written, which fetch would tidy up first. */
const getRaw = (path: string) =>
	new Promise<{ status: number | undefined; body: string }>((resolve, reject) => {
		const { hostname, port } = new URL(server.url);
		request({ hostname, port, path }, (response) => {
			let body = '';
			response.on('data', (text: Buffer) => (body += text.toString()));
			response.on('end', () => resolve({ status: response.statusCode, body }));
		})
			.on('error', reject)
			.end();
	});

describe('every answer', () => {
	test.for([
		'/',
		'/cases/abc',
		'/_app/immutable/chunks/a1b2c3.js',
		'/api/heed/facts',
		'/api/none',
		'/.env',
		'/api/heed/pull'
	])('carries the headers that protect: %s', async (path) => {
		const { headers } = await get(path);
		expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
		expect(headers.get('Referrer-Policy')).toBe('no-referrer');
		expect(headers.get('Permissions-Policy')).toBe('camera=(self), microphone=(self), geolocation=()');
		expect(headers.get('Content-Security-Policy')).toBe("frame-ancestors 'none'");
		expect(headers.get('Cross-Origin-Opener-Policy')).toBe('same-origin');
	});

	test('leaves files and the dashboard the stricter policy of their own', async () => {
		const dashboard = (await get('/_/')).headers.get('Content-Security-Policy');
		expect(dashboard).toContain('default-src');
		expect((await get('/api/files/x/y/z')).headers.get('Content-Security-Policy')).not.toBe(
			"frame-ancestors 'none'"
		);
	});

	test('may be read by no other origin', async () => {
		const { headers } = await get('/api/heed/facts', { Origin: 'https://elsewhere.example' });
		expect(headers.get('Access-Control-Allow-Origin')).not.toBe('*');
		expect(headers.get('Access-Control-Allow-Origin')).not.toBe('https://elsewhere.example');
	});
});

describe('a build file', () => {
	test('may be kept for ever', async () => {
		const response = await get('/_app/immutable/chunks/a1b2c3.js');
		expect(response.status).toBe(200);
		expect(response.headers.get('Cache-Control')).toBe('public, max-age=31536000, immutable');
		expect(response.headers.get('Content-Type')).toContain('javascript');
	});

	test.for([
		'/_app/immutable/chunks/old.js',
		'/_app/immutable/',
		'/_app/immutable/chunks',
		'/_app/immutable/chunks/a1b2c3.js/',
		'/_app/immutable/..%2f..%2findex.html'
	])('that is not there is a 404 nobody keeps: %s', async (path) => {
		const response = await get(path);
		expect(response.status).toBe(404);
		expect(response.headers.get('Cache-Control')).toBe('no-cache');
		expect(await response.text()).not.toContain('<title>');
	});
});

describe('everything else', () => {
	test.for(['/', '/service-worker.js', '/manifest.webmanifest', '/_app/version.json', '/cases/abc', '/join'])(
		'is asked for anew: %s',
		async (path) => {
			const response = await get(path);
			expect(response.status).toBe(200);
			expect(response.headers.get('Cache-Control')).toBe('no-cache');
		}
	);

	test('that is a screen is index.html', async () => {
		expect(await (await get('/cases/abc')).text()).toContain('<title>Heed</title>');
	});

	test.for([
		'/.env',
		'/.well-hidden/note.txt',
		'/.git/config',
		'/%2eenv',
		'/_app/.x',
		'//.env',
		'/x/../.env',
		'/x/..%2f.env'
	])('that begins with a dot is not there: %s', async (path) => {
		const { status, body } = await getRaw(path);
		expect([301, 307, 308, 404]).toContain(status);
		expect(body).not.toMatch(/SECRET|hidden/);
	});

	test.for(['/api/', '/api/none', '/api/heed', '/api/heed/none', '/api/collections/none/none'])(
		'under /api is a 404 in JSON: %s',
		async (path) => {
			const response = await get(path);
			expect(response.status).toBe(404);
			expect(response.headers.get('Content-Type')).toBe('application/json');
			expect(await response.json()).toMatchObject({ status: 404 });
		}
	);
});

describe('what another app shares, where no service worker takes it', () => {
	test.for([1, 30])('is answered with the page that explains, and kept nowhere: %i MB', async (megabytes) => {
		const body = new FormData();
		body.append('text', 'kanarienvogelqzx');
		body.append('files', new Blob(['kanarienbildqzx', new Uint8Array(megabytes * 1_000_000)]), 'a.jpg');
		const answer = await fetch(`${server.url}/share`, { method: 'POST', body, redirect: 'manual' });
		expect(answer.status).toBe(303);
		expect(answer.headers.get('Location')).toBe('/share');
		expect(answer.headers.get('Cache-Control')).toBe('no-cache');
		expect(await (await get('/share')).text()).toContain('<title>Heed</title>');
		const data = await readdir(server.dataDir, { recursive: true, withFileTypes: true });
		const kept = data.filter((entry) => entry.isFile()).map((file) => join(file.parentPath, file.name));
		const bytes = await Promise.all(kept.map((path) => readFile(path)));
		expect(bytes.length).toBeGreaterThan(1);
		expect(bytes.some((one) => one.includes('qzx'))).toBe(false);
	});
});

describe('the manifest', () => {
	test('is served as what it is', async () => {
		const answer = await get('/manifest.webmanifest');
		expect(answer.headers.get('Content-Type')).toBe('application/manifest+json');
	});
});

describe('compression', () => {
	const encoding = (path: string, headers = {}) =>
		new Promise<string | undefined>((resolve, reject) => {
			const { hostname, port } = new URL(server.url);
			request({ hostname, port, path, headers: { 'Accept-Encoding': 'gzip', ...headers } }, (response) => {
				response.resume();
				resolve(response.headers['content-encoding']);
			})
				.on('error', reject)
				.end();
		});

	test('helps text', async () => {
		expect(await encoding('/')).toBe('gzip');
		expect(await encoding('/_app/immutable/chunks/a1b2c3.js')).toBe('gzip');
		expect(await encoding('/api/heed/facts')).toBe('gzip');
	});

	test('leaves pictures and ranges alone', async () => {
		expect(await encoding('/icon.png')).toBeUndefined();
		expect(await encoding('/', { Range: 'bytes=0-9' })).toBeUndefined();
	});
});

describe('starting', () => {
	test('tells nobody how to become the first superuser', () => {
		expect(server.logs()).toContain('Server started');
		expect(server.logs()).not.toContain('pbinstall');
	});

	test('opens no data that a newer Heed has written', async () => {
		const newer = await mkdtemp(join(tmpdir(), 'heed-newer-'));
		await cp(fileURLToPath(new URL('../../pb_migrations', import.meta.url)), newer, { recursive: true });
		await writeFile(join(newer, '9999999999_of_tomorrow.js'), 'migrate((app) => {});\n');
		const tomorrow = await startServer({ migrationsDir: newer });
		await tomorrow.kill();

		const today = startServer({ dataDir: tomorrow.dataDir });
		await expect(today).rejects.toThrow(
			/exit code 1\)\.[^]*This data folder was written by a newer Heed \(9999999999_of_tomorrow\.js\)\. Install that version or a newer one\./
		);
		await (await startServer({ dataDir: tomorrow.dataDir, migrationsDir: newer })).stop();
		await rm(newer, { recursive: true });
	});
});
