/** The word in the corner stands before the app has loaded its own: it must be the same one. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { LOCALES } from '../../src/lib/domain/lists';

const script = readFileSync('static/hide.js', 'utf8');

test.for([...LOCALES])('quick hide says in %s what the app says', (locale) => {
	const { hide } = JSON.parse(readFileSync(`src/lib/i18n/messages/${locale}.json`, 'utf8')) as {
		hide: string;
	};
	expect(script).toContain(`${locale}: '${hide}'`);
});

test('quick hide speaks of the channel that the app listens to', () => {
	const [, name = ''] = /^const NAME = '(.+)';$/m.exec(readFileSync('src/lib/app/held.ts', 'utf8')) ?? [];
	expect(script).toContain(`new BroadcastChannel('${name}')`);
});

test('the calendar says nothing of Heed', () => {
	for (const file of ['calendar.html', 'calendar.css', 'calendar.js']) {
		expect(readFileSync(`static/${file}`, 'utf8')).not.toMatch(/heed|alert|manifest|icon\.svg/i);
	}
});
