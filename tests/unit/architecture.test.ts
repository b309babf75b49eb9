/** Who may import whom, and which library has its one door where: docs say it, this holds it. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, normalize } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';

/** Each folder or file of `src` under its layer; the first that fits counts. */
const LAYERS = [
	['domain', 'src/lib/domain/'],
	['words', 'src/lib/words/'],
	['vault', 'src/lib/crypto/vault.ts'],
	['crypto', 'src/lib/crypto/'],
	['bare', 'src/lib/store/bare.ts'],
	['bare', 'src/lib/store/shared.ts'],
	['bare', 'src/lib/store/notices.ts'],
	['live', 'src/lib/store/live.ts'],
	['store', 'src/lib/store/'],
	['sync', 'src/lib/sync/'],
	['i18n', 'src/lib/i18n/'],
	['picture', 'src/lib/picture/'],
	['starter', 'src/lib/starter/'],
	['places', 'src/lib/places/'],
	['names', 'src/lib/names/'],
	['qr', 'src/lib/qr/'],
	['parts of app', 'src/lib/app/'],
	['app', 'src/lib/app.ts'],
	['app', 'src/lib/update.ts'],
	['ui', 'src/lib/ui/'],
	['routes', 'src/routes/'],
	['routes', 'src/app.css'],
	['routes', 'src/hooks.client.ts'],
	['service-worker', 'src/service-worker/'],
	['courier', 'src/courier/']
] as const;
type Layer = (typeof LAYERS)[number][0];

const COMPOSITION: readonly Layer[] = [
	'domain',
	'words',
	'vault',
	'crypto',
	'bare',
	'live',
	'store',
	'sync',
	'i18n',
	'picture',
	'starter',
	'places',
	'names',
	'parts of app',
	'app'
];

/** A layer may import these, and nothing else of ours. */
const ARROWS: Record<Layer, readonly Layer[]> = {
	domain: ['domain'],
	words: ['words', 'domain'],
	// These are small, and need no library: the service worker may have them.
	vault: ['domain'],
	bare: ['bare', 'vault', 'domain'],
	crypto: ['vault', 'crypto', 'domain'],
	live: ['live', 'store', 'vault', 'crypto', 'domain'],
	store: ['live', 'store', 'vault', 'crypto', 'domain'],
	sync: ['sync', 'live', 'store', 'vault', 'crypto', 'words', 'domain'],
	i18n: ['i18n'],
	picture: COMPOSITION,
	starter: [],
	places: [],
	names: [],
	qr: ['qr'],
	'parts of app': COMPOSITION,
	app: COMPOSITION,
	ui: ['ui', 'app', 'live', 'domain', 'i18n', 'qr'],
	routes: ['routes', 'ui', 'app', 'live', 'domain', 'i18n'],
	'service-worker': ['service-worker', 'bare', 'vault', 'domain', 'i18n'],
	courier: ['courier', 'domain', 'i18n']
};

/** A library that is not here may not be used at all: a new one gets its door in this table. */
const DOORS: Record<string, readonly string[]> = {
	dexie: ['src/lib/store/'],
	pocketbase: ['src/lib/sync/remote.ts'],
	'age-encryption': ['src/lib/crypto/age.ts'],
	canonicalize: ['src/lib/crypto/proof.ts'],
	'hash-wasm': ['src/lib/crypto/stretch.ts', 'src/lib/crypto/work.ts'],
	'@scure/base': ['src/lib/crypto/bytes.ts'],
	'workbox-window': ['src/lib/update.ts'],
	'workbox-precaching': ['src/service-worker/'],
	'workbox-routing': ['src/service-worker/'],
	'image-size': ['src/lib/picture/header.ts'],
	'libphonenumber-js': ['src/lib/domain/guard/phones.ts'],
	stdnum: ['src/lib/domain/guard/ids.ts'],
	nodemailer: ['src/courier/mail.ts'],
	qr: ['src/lib/qr/code.ts', 'src/lib/qr/picture.ts'],
	'web-push': ['src/courier/push.ts'],
	'ipaddr.js': ['src/courier/guard.ts'],
	// Schemas live in the domain. The other two stand at a border where something comes in that no other place
	// knows: PocketBase's own answer to a sign-in, and what the supervisor gives the courier.
	zod: ['src/lib/domain/', 'src/lib/sync/remote.ts', 'src/courier/settings.ts'],
	'@lucide/svelte': ['src/lib/ui/', 'src/routes/'],
	svelte: ['src/lib/ui/', 'src/routes/'],
	$app: ['src/lib/ui/', 'src/routes/'],
	'virtual:catalogues': ['src/lib/i18n/catalogue.ts'],
	'$service-worker': ['src/service-worker/'],
	node: ['src/courier/']
};

const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
	.map((name) => `src/${name.replaceAll('\\', '/')}`)
	.filter((name) => !name.startsWith('src/lib/i18n/generated/') && statSync(name).isFile());
const sources = files
	.filter((name) => /\.(ts|js|svelte)$/.test(name))
	.map((name) => ({ name, text: readFileSync(name, 'utf8') }));
const imports = sources.flatMap(({ name, text }) => importsOf(text).map((what) => ({ from: name, what })));

/** Static, dynamic, re-exported, for types only, for a worker, in a script or in markup. */
function importsOf(text: string): string[] {
	const named = /\b(?:from|import)\s*\(?\s*(['"`])([^'"`\n]+)\1/g;
	const workers = /\bnew\s+URL\(\s*(['"`])([^'"`\n]+)\1\s*,\s*import\.meta\.url/g;
	return [named, workers].flatMap((form) => [...text.matchAll(form)].map(([, , what]) => what ?? ''));
}

const saying = (words: RegExp): string[] =>
	sources.filter(({ text }) => words.test(text)).map(({ name }) => name);

/** What `#age` means outside the browser; inside it is the same, asked in a worker. */
const AGE = 'src/lib/crypto/age.ts';

/** The path of our own file, or null for a library. */
function ours(from: string, what: string): string | null {
	if (what === '#age') return AGE;
	if (what.startsWith('.')) return normalize(join(dirname(from), what));
	return what.startsWith('$lib/') ? what.replace('$lib/', 'src/lib/') : null;
}

function layerOf(path: string): Layer | null {
	const whole = /\.(ts|js|svelte|css)$/.test(path) && existsSync(path) ? path : `${path}.ts`;
	return LAYERS.find(([, start]) => whole.startsWith(start))?.[0] ?? null;
}

function libraryOf(what: string): string {
	if (what.startsWith('node:')) return 'node';
	const [first = '', second = ''] = what.split('/');
	return first.startsWith('@') ? `${first}/${second}` : first;
}

const isThrough = (from: string, door: string): boolean =>
	door.endsWith('/') ? from.startsWith(door) : from === door;

/** What breaks an arrow, as sentences; so the failing test names file and import. */
function broken(some: readonly { from: string; what: string }[]): string[] {
	return some.flatMap(({ from, what }) => {
		const path = ours(from, what);
		if (path === null) {
			const doors = DOORS[libraryOf(what)] ?? [];
			return doors.some((door) => isThrough(from, door)) ? [] : [`${from} uses ${what} past its door`];
		}
		const [here, there] = [layerOf(from), layerOf(path)];
		return here && there && ARROWS[here].includes(there) ? [] : [`${from} imports ${path}`];
	});
}

describe('the arrows', () => {
	test('every import goes along an arrow, and every library through its door', () => {
		expect(imports.length).toBeGreaterThan(200);
		expect(broken(imports)).toEqual([]);
	});

	test('age is asked in a worker wherever there is a screen', () => {
		const direct = imports.filter(({ from, what }) => what !== '#age' && `${ours(from, what)}.ts` === AGE);
		expect(direct.map(({ from }) => from)).toEqual(
			['age-apart', 'age.worker'].map((name) => `src/lib/crypto/${name}.ts`)
		);
	});

	test('every source file belongs to a layer', () => {
		const elsewhere = sources.map(({ name }) => name).filter((name) => layerOf(name) === null);
		expect(elsewhere).toEqual(['src/app.d.ts']);
	});

	test('what an import loads is written out, so that it can be checked here', () => {
		expect(saying(/\bimport\s*\(\s*[^'"`\s]|\bimport\.meta\.glob|\brequire\s*\(/)).toEqual([]);
	});

	test('every door stands where something comes in', () => {
		for (const [library, doors] of Object.entries(DOORS)) {
			for (const door of doors.filter((path) => path.endsWith('.ts'))) {
				const used = imports.some(({ from, what }) => from === door && libraryOf(what) === library);
				expect(used, `${library} in ${door}`).toBe(true);
			}
		}
	});
});

describe('a wrong import is seen', () => {
	test.for<[string, string]>([
		['static', "import { seal } from '$lib/crypto/age';"],
		['over several lines', "import {\n\tseal,\n\topen\n} from '../lib/crypto/age';"],
		['for its effect', "import '../lib/crypto/age';"],
		['for types only', "import type { Pair } from '../lib/crypto/age';"],
		['of a type in place', "type P = import('../lib/crypto/age').Pair;"],
		['dynamic', "const age = await import('$lib/crypto/age');"],
		['dynamic in markup', "{#await import('$lib/crypto/age') then age}{age}{/await}"],
		['re-exported', "export * from '../lib/crypto/age';"],
		['a worker', "new Worker(new URL('../lib/crypto/age.ts', import.meta.url), { type: 'module' })"],
		['past a door', "import { Dexie } from 'dexie';"],
		['of an unknown library', "import confetti from 'confetti';"]
	])('%s', ([, text]) => {
		const what = importsOf(text);
		expect(what).toHaveLength(1);
		expect(broken(what.map((one) => ({ from: 'src/routes/+page.svelte', what: one })))).toHaveLength(1);
	});

	test.for([
		['src/lib/domain/fold.ts', '../store/person'],
		['src/lib/domain/fold.ts', 'node:crypto'],
		['src/lib/crypto/age.ts', '../store/person'],
		['src/lib/crypto/code.ts', '../words/lists'],
		['src/lib/words/lists.ts', '../crypto/bytes'],
		['src/lib/store/person.ts', '../sync/inbox'],
		['src/lib/sync/inbox.ts', '../app/here'],
		['src/lib/sync/inbox.ts', 'zod/mini'],
		['src/lib/app/acts.ts', '../ui/time'],
		['src/lib/app/acts.ts', '../../routes/idle'],
		['src/lib/ui/me.ts', '../app/here'],
		['src/lib/ui/me.ts', '$lib/store/person'],
		['src/lib/ui/me.ts', '../../routes/idle'],
		['src/routes/idle.ts', '$lib/sync/remote'],
		['src/courier/deliver.ts', '../lib/crypto/age'],
		['src/courier/deliver.ts', 'web-push'],
		['src/service-worker/main.ts', '../lib/store/person'],
		['src/service-worker/share.ts', '../lib/crypto/age'],
		['src/lib/store/shared.ts', './device'],
		['src/lib/store/notices.ts', './person'],
		['src/lib/ui/me.ts', '$lib/store/shared']
	] as const)('%s may not import %s', ([from, what]) => {
		expect(broken([{ from, what }])).toHaveLength(1);
	});
});

describe('the domain', () => {
	const OUTSIDE = new Set(
		`fetch crypto document window navigator location localStorage sessionStorage indexedDB caches performance
		 process console globalThis self setTimeout setInterval queueMicrotask WebSocket Worker Buffer`.split(/\s+/)
	);

	test('has no clock, no chance, no world outside', () => {
		for (const { name, text } of sources.filter((source) => layerOf(source.name) === 'domain')) {
			expect(reachesOut(text), name).toEqual([]);
		}
	});

	test.for([
		['Date.now()', 'Date.now'],
		['new Date()', 'new Date()'],
		['Math.random()', 'Math.random'],
		["fetch('/x')", 'fetch'],
		['crypto.randomUUID()', 'crypto'],
		['globalThis.document', 'globalThis']
	])('would be caught at %s', ([code, found]) => {
		expect(reachesOut(`export const x = () => ${code};`)).toEqual([found]);
	});

	function reachesOut(text: string): string[] {
		const found: string[] = [];
		const visit = (node: ts.Node): void => {
			if (ts.isPropertyAccessExpression(node)) {
				const whole = `${node.expression.getText()}.${node.name.text}`;
				if (['Date.now', 'Math.random'].includes(whole)) found.push(whole);
				visit(node.expression);
				return;
			}
			if (ts.isNewExpression(node) && node.expression.getText() === 'Date' && !node.arguments?.length) {
				found.push('new Date()');
			}
			const isName = ts.isPropertyAssignment(node.parent) && node.parent.name === node;
			if (ts.isIdentifier(node) && OUTSIDE.has(node.text) && !isName) found.push(node.text);
			ts.forEachChild(node, visit);
		};
		const file = ts.createSourceFile('x.ts', text, ts.ScriptTarget.Latest, true);
		ts.forEachChild(file, visit);
		return found;
	}
});

describe('names and shapes', () => {
	test('no folder is a drawer for everything', () => {
		const folders = new Set(files.flatMap((name) => dirname(name).split('/')));
		for (const drawer of ['utils', 'helpers', 'types', 'services', 'managers', 'common', 'misc']) {
			expect(folders).not.toContain(drawer);
		}
	});

	test('no file only passes on what others hold', () => {
		expect(sources.map(({ name }) => name).filter((name) => /^index\./.test(basename(name)))).toEqual([]);
	});

	test('no text becomes markup', () => {
		expect(saying(/\{@html|\.(inner|outer)HTML\b|insertAdjacentHTML/)).toEqual([]);
	});
});
