import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { LOCALES } from '../../src/lib/domain/lists';

type Plural = [{ selectors: string[]; match: Record<string, string> }];
type Messages = Record<string, string | Plural>;

const read = (locale: string): Messages =>
	JSON.parse(readFileSync(`src/lib/i18n/messages/${locale}.json`, 'utf8')) as Messages;

const texts = (message: string | Plural | undefined): string[] =>
	typeof message === 'string' ? [message] : Object.values(message?.[0].match ?? {});

const placeholders = (text: string): string[] =>
	[...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '').sort();

const english = read('en');
const keys = Object.keys(english).sort();

const sources = ['src/routes', 'src/lib/ui', 'src/service-worker', 'src/courier']
	.flatMap((folder) =>
		readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`)
	)
	.filter((name) => /\.(ts|svelte)$/.test(name))
	.map((name) => readFileSync(name, 'utf8'))
	.join('\n');

describe.for([...LOCALES])('%s', (locale) => {
	const messages = read(locale);

	test('says the same things as English', () => {
		expect(Object.keys(messages).sort()).toEqual(keys);
	});

	test('says each thing once', () => {
		const text = readFileSync(`src/lib/i18n/messages/${locale}.json`, 'utf8');
		const said = [...text.matchAll(/^\t"(\w+)":/gm)].map(([, key]) => key);
		expect(said.length).toBeGreaterThan(1000);
		expect(said.filter((key, nth) => said.indexOf(key) !== nth)).toEqual([]);
	});

	test('leaves nothing empty and nothing with stray spaces', () => {
		for (const [key, message] of Object.entries(messages)) {
			for (const text of texts(message)) expect(text, key).toMatch(/^\S(.*\S)?$/s);
		}
	});

	test('fills in the same things', () => {
		for (const [key, message] of Object.entries(messages)) {
			const wanted = placeholders(texts(english[key])[0] ?? '');
			for (const text of texts(message)) expect(placeholders(text), key).toEqual(wanted);
		}
	});

	test('counts as the language counts', () => {
		const forms = new Intl.PluralRules(locale).resolvedOptions().pluralCategories.sort();
		for (const [key, message] of Object.entries(messages)) {
			if (typeof message === 'string') continue;
			const said = Object.keys(message[0].match).map((match) => match.replace(/^\w+=/, ''));
			expect(said.sort(), key).toEqual(forms);
		}
	});

	test('is written in its own words', () => {
		if (locale === 'en') return;
		const same = Object.keys(messages).filter((key) => {
			const [text = ''] = texts(messages[key]);
			return text.split(/\s+/).length > 3 && text === texts(english[key])[0];
		});
		expect(same).toEqual([]);
	});
});

test('every message is used somewhere', () => {
	expect(keys.filter((key) => !new RegExp(`\\bm\\.${key}\\b`).test(sources))).toEqual([]);
});

test('every message that is used exists', () => {
	const used = [...sources.matchAll(/\bm\.([a-z]\w*)\b/g)].map(([, key]) => key ?? '');
	expect([...new Set(used)].filter((key) => !keys.includes(key))).toEqual([]);
});
