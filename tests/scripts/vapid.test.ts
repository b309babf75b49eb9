import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readSettings } from '../../scripts/settings.mjs';
import { isContact, vapidKeys, vapidSubject } from '../../scripts/vapid.mjs';
import { Settings } from '../../src/courier/settings';
import { isRunning, superviseHere, tempFolder, until } from './bench';

test('keys are made once, for this user alone, and the courier takes them', () => {
	const folder = tempFolder();
	const keys = vapidKeys(folder);
	expect(vapidKeys(folder)).toEqual(keys);
	expect(readdirSync(folder)).toEqual(['vapid.json']);
	expect(statSync(join(folder, 'vapid.json')).mode & 0o777).toBe(0o600);
	expect(vapidKeys(tempFolder())).not.toEqual(keys);
	const read = Settings.safeParse({
		HEED_URL: 'http://127.0.0.1:8090',
		HEED_COURIER_SECRET: 's'.repeat(32),
		HEED_VAPID_PUBLIC: keys.publicKey,
		HEED_VAPID_PRIVATE: keys.privateKey,
		HEED_VAPID_SUBJECT: vapidSubject('').subject
	});
	expect(read.success).toBe(true);
});

test.each(['', '{}', 'null', '{"publicKey":"', 'other'])(
	'%j in place of keys is said, and not repeated',
	(text) => {
		const folder = tempFolder();
		const keys = vapidKeys(tempFolder());
		const other = JSON.stringify({ ...keys, publicKey: vapidKeys(tempFolder()).publicKey });
		writeFileSync(join(folder, 'vapid.json'), text === 'other' ? other : text);
		expect(() => vapidKeys(folder)).toThrow(/vapid\.json is damaged: put it back from a backup/);
		expect(() => vapidKeys(folder)).not.toThrow(keys.privateKey);
	}
);

test.each([
	'mailto:you@example.org',
	'mailto:heed+push@mail.example.co',
	'https://example.org',
	'https://heed.example.org/contact'
])('%s is somebody to turn to', (contact) => {
	expect(isContact(contact)).toBe(true);
	expect(vapidSubject(contact)).toEqual({ subject: contact, advice: '' });
	expect(readSettings({ HEED_CONTACT: contact }, { root: '/', data: 'd' }).contact).toBe(contact);
});

test.each([
	'you@example.org',
	'mailto:you',
	'mailto:you@localhost',
	'mailto:you@heed.local',
	'mailto:you@heed.invalid',
	'mailto: you@example.org',
	'mailto:you@example.org/x',
	'mailto:<you@example.org>',
	'https://localhost',
	'https://localhost:8090',
	'https://127.0.0.1',
	'https://heed.test',
	'http://example.org',
	'tel:112'
])('%s is nobody whom Apple would take', (HEED_CONTACT) => {
	expect(() => readSettings({ HEED_CONTACT }, { root: '/', data: 'd' })).toThrow(/HEED_CONTACT is .* Apple/);
});

test('nobody named is said, with somebody in place whom Apple takes', () => {
	const { subject, advice } = vapidSubject('');
	expect(isContact(subject)).toBe(true);
	expect(advice).toMatch(/HEED_CONTACT is not set/);
});

test.each(['*', 'https://push.example.org', '10.0.0.1', 'push.example.org:444', '*.org'])(
	'HEED_PUSH_SERVICES=%s is refused',
	(HEED_PUSH_SERVICES) => {
		expect(() => readSettings({ HEED_PUSH_SERVICES }, { root: '/', data: 'd' })).toThrow(
			/HEED_PUSH_SERVICES names .* \*\.push\.example\.org/
		);
	}
);

test('the server knows the public key alone, and nobody prints the private one', async () => {
	const vapid = { ...vapidKeys(tempFolder()), subject: 'https://example.org' };
	const env = { ...process.env, HEED_VAPID_PRIVATE: 'left-over' };
	const heed = await superviseHere({ vapid, env });
	const environment = (pid: number) => readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
	const server = environment(heed.serverPids[0] ?? 0);
	expect(server).toContain(`HEED_VAPID_PUBLIC=${vapid.publicKey}`);
	expect(server.join()).not.toContain('HEED_VAPID_PRIVATE');

	const courierPid = () => Number(/courier (\d+)/.exec(heed.said.join('\n'))?.[1] ?? 0);
	await until('the courier speaks', () => courierPid() > 0 && isRunning(courierPid()));
	expect(environment(courierPid())).toContain(`HEED_VAPID_PRIVATE=${vapid.privateKey}`);
	expect(heed.said.join()).not.toContain(vapid.privateKey);
});
