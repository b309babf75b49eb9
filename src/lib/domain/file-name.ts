import { ENDING, type FileType } from './file-type';

const LONGEST = 80;

/**
 * A name to keep a file under that somebody else has named: nothing in it leads elsewhere, hides or turns letters round,
 * and it ends as its type does, so that no system takes it for another.
 */
export function cleanName(name: string, type: FileType): string {
	const ending = `.${ENDING[type]}`;
	const plain = name
		.normalize('NFC')
		.replace(/[\p{C}\p{Zl}\p{Zp}/\\:*?"<>|]/gu, ' ')
		.replace(/\s+/g, ' ');
	const bare = plain.toLowerCase().endsWith(ending) ? plain.slice(0, -ending.length) : plain;
	// Neither hidden nor a way up; and cut between letters, not within one.
	const short = Array.from(bare.replace(/^[. ]+/, ''))
		.slice(0, LONGEST)
		.join('')
		.replace(/[. ]+$/, '');
	return `${short || 'file'}${ending}`;
}
