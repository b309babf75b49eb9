import type { CodeError } from '$lib/app';
import * as m from '$lib/i18n/generated/messages';

/** What is wrong with the words of a return code, before anybody was asked about it. */
export function misread(error: CodeError): string {
	switch (error.kind) {
		case 'count':
			return error.words === 0 ? m.return_missing() : m.return_count({ count: error.words });
		case 'unknown':
			return m.return_unknown({ number: error.at + 1, word: error.word });
		case 'checksum':
			return m.return_checksum();
		default:
			return m.return_lost();
	}
}

const KINDS: readonly string[] = ['count', 'unknown', 'checksum', 'lost'] satisfies CodeError['kind'][];

export const isMisread = (error: { kind: string }): error is CodeError => KINDS.includes(error.kind);
