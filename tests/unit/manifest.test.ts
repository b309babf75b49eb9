/** What a system that installs Heed is told. */
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { LOCALES } from '../../src/lib/domain/lists';

type Named = { name: string; name_localized: Record<string, string>; url: string };
type Manifest = Named & {
	description: string;
	description_localized: Record<string, string>;
	lang: string;
	icons: { src: string }[];
	shortcuts: Named[];
	share_target: { action: string; method: string; enctype: string; params: Record<string, unknown> };
};
const manifest = JSON.parse(readFileSync('static/manifest.webmanifest', 'utf8')) as Manifest;
const said = (key: string): Record<string, string> =>
	Object.fromEntries(
		LOCALES.map((locale) => {
			const words = readFileSync(`src/lib/i18n/messages/${locale}.json`, 'utf8');
			return [locale, (JSON.parse(words) as Record<string, string>)[key] ?? ''];
		})
	);

test('the manifest says what the screens say, in English and in the four others', () => {
	const { description, description_localized, shortcuts } = manifest;
	const names = shortcuts.map(({ name, name_localized }) => ({ en: name, ...name_localized }));
	expect(manifest.lang).toBe('en');
	expect({ en: description, ...description_localized }).toEqual(said('welcome_text'));
	expect(names).toEqual([said('new_alert'), said('alerts')]);
});

test('its shortcuts lead to screens, and its pictures are there', () => {
	expect(manifest.shortcuts.map(({ url }) => url)).toEqual(['/alert/new', '/']);
	expect(existsSync('src/routes/alert/[id]/+page.svelte')).toBe(true);
	for (const { src } of manifest.icons) expect(existsSync(`static${src}`), src).toBe(true);
});

test('what is shared comes to where the service worker takes it, under the names by which it takes it', () => {
	const worker = readFileSync('src/service-worker/share.ts', 'utf8');
	const { action, method, enctype, params } = manifest.share_target;
	expect(worker).toContain(`const ADDRESS = '${action}'`);
	expect([method, enctype]).toEqual(['POST', 'multipart/form-data']);
	const [files] = params.files as { name: string; accept: string[] }[];
	for (const name of ['title', 'text', 'url']) {
		expect(params[name]).toBe(name);
		expect(worker).toContain(`words('${name}')`);
	}
	expect(worker).toContain(`getAll('${files?.name}')`);
	expect(files?.accept).toEqual(['image/*', 'audio/*', 'application/pdf', '.pdf']);
});
