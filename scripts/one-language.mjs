// @ts-check
/**
 * One language on the line instead of five. Paraglide writes each message as a function that holds every language.
 * In the app's build a screen says its words through `src/lib/i18n/catalogue.ts` instead, and each language travels in
 * three catalogues of its own, made of what Paraglide wrote for it: what the first screens say, what a team's screens alone
 * say, and the rest.
 * Words go by short names there: their own would be sent five times.
 * Development, unit tests and the other builds keep Paraglide's functions as they are.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { reach } from './reach.mjs';

/** What is said here, and by what these cannot do without, comes first. A failure has to find its words, too. */
export const FIRST = [
	'src/routes/+layout.svelte',
	'src/routes/+error.svelte',
	'src/routes/alert/[id]/+page.svelte'
];
/** Screens that only members of a team open. */
const TEAM = 'src/routes/team/';
/** These are built by themselves, with the words that they say in all languages: nobody is at a screen. */
const APART = ['src/service-worker/', 'src/courier/'];
const MESSAGES = 'src/lib/i18n/generated/messages';
const SETTINGS = 'project.inlang/settings.json';

const ENTRY = 'virtual:catalogues';
const AREAS = ['first', 'team', 'rest'];
const CATALOGUE = /^\0virtual:catalogues\/(first|team|rest)\/(\w+)$/;

/**
 * @param {{ root?: string, messages?: string }} [where] the project, and the folder Paraglide writes messages to
 * @returns {import('vite').Plugin}
 */
export function oneLanguage({ root = process.cwd(), messages = join(root, MESSAGES) } = {}) {
	/** @type {{ locales: string[] }} */
	const { locales } = JSON.parse(readFileSync(join(root, SETTINGS), 'utf8'));
	/** @type {Map<string, string> | undefined} */
	let names;
	const named = () => (names ??= shortNames(messages));
	/** @param {{ environment?: { name: string, mode: string } }} context */
	const isApp = ({ environment }) => environment?.name === 'client' && environment.mode === 'build';

	return {
		name: 'one-language',
		enforce: 'pre',
		resolveId(id) {
			return id === ENTRY || id.startsWith(`${ENTRY}/`) ? `\0${id}` : null;
		},
		load(id) {
			if (id === `\0${ENTRY}`) return catalogues(isApp(this) ? locales : []);
			const [, area, locale] = CATALOGUE.exec(id) ?? [];
			if (!locale) return null;
			const areaOf = areas(root);
			const keys = [...named()].filter(([key]) => areaOf(key) === area);
			return catalogue(messages, keys, locale);
		},
		// The service worker keeps the words of some languages alone, and knows them by their files' names.
		outputOptions(options) {
			const usual = options.chunkFileNames;
			if (typeof usual !== 'string' || !usual.includes('/chunks/')) return null;
			/** @param {{ facadeModuleId?: string | null }} chunk */
			const chunkFileNames = ({ facadeModuleId }) => {
				const [, , locale] = CATALOGUE.exec(facadeModuleId ?? '') ?? [];
				return locale ? usual.replace('/chunks/', `/words/${locale}.`) : usual;
			};
			return { ...options, chunkFileNames };
		},
		transform: {
			filter: { code: /generated\/messages|experimentalStaticLocale/ },
			handler(code, id) {
				if (!isApp(this)) return null;
				const [path = '', query] = id.split('?');
				const locale = new URLSearchParams(query).get('words');
				if (locale) return { code: spoken(code, path, locale), map: null };
				const isOurs = path.startsWith(join(root, 'src/')) && !path.includes('/generated/');
				return isOurs ? { code: throughWords(code, path, named()), map: null } : null;
			}
		}
	};
}

/**
 * To which catalogue a word belongs; '' where no screen says it. @param {string} root @returns {(key: string) => string}
 */
export function areas(root) {
	const first = wordsOf(reach(root, FIRST));
	const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
		.map((path) => join('src', path))
		.filter((path) => /\.(ts|svelte)$/.test(path) && !path.includes('/generated/'));
	const isApart = (/** @type {string} */ path) => APART.some((folder) => path.startsWith(folder));
	/** @param {(path: string) => boolean} those */
	const saidIn = (those) =>
		wordsOf(new Map(files.filter(those).map((path) => [path, readFileSync(join(root, path), 'utf8')])));
	const apart = saidIn(isApart);
	const team = saidIn((path) => path.startsWith(TEAM));
	const others = saidIn((path) => !path.startsWith(TEAM) && !isApart(path));
	return (key) => {
		if (first.has(key)) return 'first';
		if (others.has(key)) return 'rest';
		return team.has(key) ? 'team' : apart.has(key) ? '' : 'rest';
	};
}

/**
 * The words that some files say. @param {Map<string, string>} files @returns {Set<string>}
 */
export function wordsOf(files) {
	const said = [...files.values()].flatMap((code) => [...code.matchAll(/\bm\.(\w+)/g)]);
	return new Set(said.map(([, key = '']) => key));
}

/**
 * Has a file say its words through the catalogues. It names each word as `m.word`: a word that is reached in another
 * way could not be counted to an area. @param {string} code @param {string} path @param {Map<string, string>} names
 */
export function throughWords(code, path, names) {
	if (!code.includes('generated/messages')) return code;
	const after = code.replace(
		/import \* as m from '\$lib\/i18n\/generated\/messages';/,
		"import { m } from '$lib/i18n/catalogue';"
	);
	if (/generated\/messages/.test(after) || /\bm\s*\[|\.\.\.m\b/.test(after)) {
		throw new Error(
			`${path}: words come by "import * as m from '$lib/i18n/generated/messages'" and as m.word`
		);
	}
	return after.replace(/\bm\.(\w+)/g, (whole, key) => (names.has(key) ? `m.${names.get(key)}` : whole));
}

/** What Paraglide wrote of a message for one language alone. @param {string} code @param {string} path @param {string} locale */
export function spoken(code, path, locale) {
	const [, before, key = ''] = /^([\s\S]*)\nexport const (\w+) =/.exec(code) ?? [];
	if (!before?.includes(`const ${locale}_${key} =`)) throw new Error(`${path} says nothing in ${locale}`);
	return `${before}\nexport { ${locale}_${key} as ${key} };\n`;
}

/**
 * Each word under a name of a few letters, the same wherever the same words are. @param {string} messages the folder
 * Paraglide writes messages to
 */
export function shortNames(messages) {
	const index = readFileSync(join(messages, '_index.js'), 'utf8');
	const keys = [...index.matchAll(/^export \* from '\.\/(\w+)\.js'/gm)].map(([, key = '']) => key);
	if (keys.length === 0) throw new Error(`${messages} does not hold a module for each message`);
	return new Map(keys.sort().map((key, i) => [key, `_${i.toString(36)}`]));
}

/** @param {string[]} locales */
function catalogues(locales) {
	const doors = AREAS.map(
		(area) =>
			`${area}: { ${locales.map((locale) => `${locale}: () => import('${ENTRY}/${area}/${locale}')`).join(', ')} }`
	);
	return `export const catalogues = { ${doors.join(', ')} };`;
}

/** @param {string} messages @param {[key: string, name: string][]} keys @param {string} locale */
function catalogue(messages, keys, locale) {
	const imports = keys.map(([key], i) => {
		const from = JSON.stringify(`${join(messages, key)}.js?words=${locale}`);
		return `import { ${key} as _${i} } from ${from};`;
	});
	return [...imports, `export default { ${keys.map(([, name], i) => `${name}: _${i}`).join(', ')} };`].join(
		'\n'
	);
}
