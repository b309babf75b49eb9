/** What stands in an e-mail, word by word, as a real mail server got it. */
import { readFileSync } from 'node:fs';
import { describe, expect, onTestFinished, test } from 'vitest';
import { mailer } from '../../src/courier/mail';
import { LOCALES } from '../../src/lib/domain/lists';
import { CHOSEN, NOTICES, Nudge, PRESSING, type Letter, type NoticeKind } from '../../src/lib/domain/notice';
import { mailServer, opened, settingsOf } from './mail-server';

type Locale = Letter['locale'];
type Words = Record<string, unknown>;

const HEED = 'https://heed.example/';
const SETTINGS = 'https://heed.example/settings/notices';
const IDS = {
	id: 'n0t1c3n0t1c3n0t',
	case: 'c4s3c4s3c4s3c4s',
	person: 'p3rs0np3rs0np3r',
	tag: 'case-c4s3c4s3c4s3c4s',
	token: 't0k3nt0k3nt0k3nt0k3nt0k3nt0k3n12'
};
const nudge = (kind: NoticeKind): Nudge => Nudge.parse({ v: 1, kind, ...IDS });

/** Which words a letter of each kind is made of, and nothing else. */
const MADE_OF: Record<NoticeKind, [subject: string, ...paragraphs: string[][]]> = {
	danger: pressing('danger'),
	urgent: pressing('urgent'),
	call: pressing('call'),
	above: pressing('above'),
	police: news('police'),
	alert: news('alert'),
	message: news('message'),
	seen: news('seen'),
	answer: news('answer'),
	test: [
		'letter_subject_test',
		['letter_hello'],
		['letter_test'],
		['letter_choose', SETTINGS],
		['letter_no_reply']
	],
	red: [
		'letter_subject_red',
		['letter_hello'],
		['letter_red'],
		['letter_mend', SETTINGS],
		['letter_no_reply']
	],
	confirm: [
		'letter_subject_confirm',
		['letter_hello'],
		['letter_confirm', `${HEED}confirm#${IDS.token}`],
		['letter_not_asked']
	]
};

function pressing(kind: string): [string, ...string[][]] {
	return [
		`push_${kind}`,
		['letter_hello'],
		[`push_${kind}`],
		['letter_answer_for'],
		['letter_open', HEED],
		['letter_choose', SETTINGS],
		['letter_no_reply']
	];
}

function news(...kinds: string[]): [string, ...string[][]] {
	return [
		'letter_subject_news',
		['letter_hello'],
		kinds.map((kind) => `push_${kind}`),
		['letter_open', HEED],
		['letter_choose', SETTINGS],
		['letter_no_reply']
	];
}

const words = Object.fromEntries(
	LOCALES.map((locale) => [
		locale,
		JSON.parse(readFileSync(`src/lib/i18n/messages/${locale}.json`, 'utf8')) as Words
	])
) as Record<Locale, Words>;

/** The word as the catalogue of the language has it; a link is itself. */
function said(locale: Locale, word: string): string {
	const found = words[locale][word];
	return typeof found === 'string' ? found : word;
}

/** Sends some letters and gives back what arrived, in the same order. */
async function posted(letters: readonly { letter: Letter; nudge: Nudge }[]) {
	const server = await mailServer();
	const post = mailer(settingsOf(server.port));
	onTestFinished(() => post.close());
	for (const { letter, nudge } of letters) expect(await post.send(letter, nudge)).toEqual({ did: 'sent' });
	return server.arrived.map((letter) => ({ ...letter, ...opened(letter.raw) }));
}

const letter = (locale: Locale, counts: Letter['counts']): Letter => ({
	to: 'ana@example.org',
	locale,
	counts
});

describe.for([...LOCALES])('%s', (locale) => {
	test('a letter of each kind holds its words and its link, and nothing else', async () => {
		const arrived = await posted(
			NOTICES.map((kind) => ({ letter: letter(locale, { [kind]: 1 }), nudge: nudge(kind) }))
		);
		for (const [i, kind] of NOTICES.entries()) {
			const [subject, ...paragraphs] = MADE_OF[kind];
			const { headers, text, from, to, raw } = arrived[i] ?? never();
			expect(headers.get('subject'), kind).toBe(said(locale, subject));
			expect(text, kind).toBe(
				paragraphs.map((lines) => lines.map((line) => said(locale, line)).join('\n')).join('\n\n') + '\n'
			);
			expect([from, ...to]).toEqual(['heed@heed.example', 'ana@example.org']);
			// Whatever else may be wrong with the words above: no id of anything leaves with a letter.
			const { token, ...others } = IDS;
			for (const id of Object.values(others)) expect(raw).not.toContain(id);
			expect(raw.replace(/=\r\n/g, '').includes(token), kind).toBe(kind === 'confirm');
		}
	});

	test('what can wait is one letter, which says what pushes say, each once and not how often', async () => {
		const arrived = await posted(
			[1, 2, 5, 1000].map((number) => ({
				letter: letter(locale, { answer: number, alert: number, message: 1, police: number, seen: 3 }),
				nudge: nudge('alert')
			}))
		);
		const lines = ['police', 'alert', 'message', 'seen', 'answer'].map((kind) =>
			said(locale, `push_${kind}`)
		);
		for (const { headers, text } of arrived) {
			expect(headers.get('subject')).toBe(said(locale, 'letter_subject_news'));
			expect(text.split('\n\n')[1]).toBe(lines.join('\n'));
			expect(text).not.toMatch(/\d/);
		}
	});
});

test('every letter of these languages arrives as it was written', async () => {
	const arrived = await posted(
		LOCALES.flatMap((locale) =>
			NOTICES.map((kind) => ({ letter: letter(locale, { [kind]: 3 }), nudge: nudge(kind) }))
		)
	);
	const all = arrived.map(({ headers, text }) => `${headers.get('subject')}\n${text}`).join('\n');
	for (const sign of 'ąćęłńóśźżäöüăâîșțáéíóöőúü') expect(all.normalize('NFC'), sign).toContain(sign);
	expect(all).not.toMatch(/\uFFFD|Ã|Å|\{/);
	for (const { headers } of arrived) {
		expect(headers.get('content-type')).toBe('text/plain; charset=utf-8');
		expect(['7bit', 'quoted-printable']).toContain(headers.get('content-transfer-encoding'));
	}
});

test('a letter has these headers and no others', async () => {
	const [{ headers, raw } = never()] = await posted([
		{ letter: letter('en', { danger: 1 }), nudge: nudge('danger') }
	]);
	expect([...headers.keys()].sort()).toEqual([
		'auto-submitted',
		'content-transfer-encoding',
		'content-type',
		'date',
		'from',
		'message-id',
		'mime-version',
		'subject',
		'to'
	]);
	expect(headers.get('auto-submitted')).toBe('auto-generated');
	expect(headers.get('from')).toBe('Heed <heed@heed.example>');
	expect(headers.get('to')).toBe('ana@example.org');
	expect(raw).not.toMatch(/<(html|img|a) /i);
});

test('the same notice has the same Message-ID whenever it is sent, and another has another', async () => {
	const other = { ...nudge('seen'), id: Nudge.shape.id.parse('another0notice0') };
	const arrived = await posted(
		[nudge('seen'), nudge('seen'), other].map((nudge) => ({ letter: letter('ro', { seen: 1 }), nudge }))
	);
	const [first, second, third] = arrived.map(({ headers }) => headers.get('message-id'));
	expect(first).toMatch(/^<[0-9a-f]{32}@heed\.example>$/);
	expect(second).toBe(first);
	expect(third).not.toBe(first);
});

test('every kind is either told at once, gathered, or a letter by itself', () => {
	expect([...PRESSING, ...CHOSEN, 'test', 'red', 'confirm'].sort()).toEqual([...NOTICES].sort());
});

function never(): never {
	throw new Error('A letter did not arrive.');
}
