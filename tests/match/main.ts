/**
 * `npm run match -- [FILE.json] [--json]`: judges the matching by FILE's practices and queries, or by the project's own. With
 * `--json` the last line is one object.
 */
import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { ENOUGH } from '../../src/lib/domain/match/match';
import { agreement, Judged, judge, type Verdict } from './judge';
import { ownSet, sameAlerts } from './own';

const WORDS: Record<keyof Verdict, string> = {
	ndcg5: 'nDCG@5',
	hit3: 'hit@3',
	nothingSimilar: 'right decisions whether anything is similar',
	found: '  of those where something is',
	passedOn: '  of those where nothing is'
};

const given = process.argv.slice(3);
const file = given.find((one) => !one.startsWith('--'));
const set = file ? read(file) : ownSet();
const verdict = judge(set);

function read(path: string): Judged {
	const known = Judged.safeParse(JSON.parse(readFileSync(path, 'utf8')));
	if (known.success) return known.data;
	throw new Error(`${path} is not a judged set:\n${z.prettifyError(known.error)}`);
}

console.log(`${set.practices.length} practices, ${set.queries.length} queries`);
for (const [name, words] of Object.entries(WORDS)) {
	console.log(`${words}: ${verdict[name as keyof Verdict].toFixed(3)}`);
}
for (const [name, enough] of Object.entries(ENOUGH)) {
	const { found, passedOn } = judge(set, enough);
	console.log(`by "${name}", from ${enough} on: ${found.toFixed(3)} and ${passedOn.toFixed(3)} of these`);
}
if (!file) {
	const same = agreement(set.practices, sameAlerts());
	console.log(`the same alert finds the same first in two languages: ${same.toFixed(3)}`);
}
if (given.includes('--json')) {
	const { ndcg5, hit3, nothingSimilar } = verdict;
	console.log(JSON.stringify({ ndcg5, hit3, nothingSimilar }));
}
