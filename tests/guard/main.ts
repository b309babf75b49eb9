/**
 * `npm run guard -- [FILE.jsonl] [--json] [--failures]`: judges the privacy guard by FILE's marked lines, or by the project's own.
 * `--failures` lists what it missed and what it marked wrongly; with `--json` the last line is one object.
 */
import { readFileSync } from 'node:fs';
import { KINDS } from '../../src/lib/domain/guard/mark';
import { LOCALES } from '../../src/lib/domain/lists';
import { judge, Line, type Tally } from './judge';
import { ownNames } from './lists';

const given = process.argv.slice(3);
const file = given.find((one) => !one.startsWith('--')) ?? 'tests/guard/set.jsonl';
const lines = readFileSync(file, 'utf8')
	.split('\n')
	.filter((line) => line.trim() !== '')
	.map((line) => Line.parse(JSON.parse(line)));
const verdict = judge(lines, ownNames());

const share = ({ found, all }: { found: number; all: number }): number =>
	Math.round((1000 * found) / Math.max(1, all)) / 1000;
const perThousand = ({ falseMarks, words }: Tally): number =>
	Math.round((100_000 * falseMarks) / Math.max(1, words)) / 100;
const recall = ({ kinds }: Tally): Record<string, number> =>
	Object.fromEntries(
		KINDS.flatMap((kind) => {
			const counted = kinds[kind];
			return counted ? [[kind, share(counted)]] : [];
		})
	);

function say(title: string, one: Tally): void {
	console.log(
		`${title}: ${one.words} words, ${one.falseMarks} false marks, ${perThousand(one)} per 1,000 words`
	);
	for (const kind of KINDS) {
		const counted = one.kinds[kind];
		if (counted) console.log(`  ${kind}: ${share(counted).toFixed(3)} (${counted.found} of ${counted.all})`);
	}
	const { unlisted } = one;
	if (unlisted.all)
		console.log(`  persons in no list: ${share(unlisted).toFixed(3)} (${unlisted.found} of ${unlisted.all})`);
}

console.log(`${lines.length} lines of ${file}; found means that half of it is marked as what it is`);
for (const locale of LOCALES) {
	const one = verdict.byLang[locale];
	if (one) say(locale, one);
}
say('all', verdict.all);

if (given.includes('--failures')) {
	for (const { line, span } of verdict.missed) {
		console.log(
			`missed ${line.lang} ${span.kind} "${line.text.slice(span.start, span.end)}" in: ${line.text}`
		);
	}
	for (const { line, mark } of verdict.wrong) {
		console.log(
			`false ${line.lang} ${mark.kind} "${line.text.slice(mark.start, mark.end)}" in: ${line.text}`
		);
	}
}
if (given.includes('--json')) {
	const byLang = Object.fromEntries(
		LOCALES.flatMap((locale) => {
			const one = verdict.byLang[locale];
			return one
				? [[locale, { recall: recall(one), falsePer1000: perThousand(one), unlisted: share(one.unlisted) }]]
				: [];
		})
	);
	const { all } = verdict;
	console.log(
		JSON.stringify({
			recall: recall(all),
			falsePer1000: perThousand(all),
			unlisted: share(all.unlisted),
			byLang
		})
	);
}
