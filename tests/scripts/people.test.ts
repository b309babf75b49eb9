import { existsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { greetVisitor, tableOf } from '../../scripts/people.mjs';
import { tempFolder } from './bench';

const ADDRESS = 'http://127.0.0.1:8090';
const ANA = { name: 'Ana', role: 'youth worker', login: 'ana', passphrase: 'four words of hers', path: '/' };
const LUCJA = { name: 'Łucja', role: 'expert', login: 'lucja', passphrase: 'short', path: '/queue' };

const FOUNDS = `
	if (process.argv[2] !== '${ADDRESS}' || process.argv[3] !== 'CODE') process.exit(2);
	console.log('sealing');
	for (const one of ${JSON.stringify([ANA, LUCJA])}) console.log(JSON.stringify(one));
`;

test('the first start founds the team, and every later one prints the same people', async () => {
	const data = tempFolder();
	const first = await greet(data, 'CODE', FOUNDS);
	const later = await greet(data, '', 'process.exit(1)');

	expect(first).toContain('sealing');
	for (const line of tableOf([ANA, LUCJA], ADDRESS)) {
		expect(first).toContain(line);
		expect(later).toContain(line);
	}
	expect(statSync(join(data, 'people.json')).mode & 0o077).toBe(0);
});

test('a seed that breaks off leaves no list of people, and the sentence says what to delete', async () => {
	const data = tempFolder();
	await expect(greet(data, 'CODE', `${FOUNDS} process.exit(1);`)).rejects.toThrow(
		/could not be founded .* Delete/
	);
	expect(existsSync(join(data, 'people.json'))).toBe(false);
});

test('a team that no demo founded is left alone', async () => {
	await expect(greet(tempFolder(), '', FOUNDS)).rejects.toThrow('was not founded by a finished demo');
});

test('the table keeps its columns', () => {
	const table = tableOf([ANA, LUCJA], ADDRESS);
	expect(table).toHaveLength(3);
	expect(new Set(table.map((line) => line.search(/start at|http/))).size).toBe(1);
});

async function greet(data: string, code: string, seed: string): Promise<string> {
	const script = join(tempFolder(), 'seed.mjs');
	writeFileSync(script, seed);
	const written = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
	try {
		await greetVisitor({ address: ADDRESS, code, data, signal: new AbortController().signal }, script);
		return written.mock.calls.map(([text]) => String(text)).join('');
	} finally {
		written.mockRestore();
	}
}
