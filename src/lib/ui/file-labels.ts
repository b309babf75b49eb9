import type { Attachment } from '$lib/domain/alert';
import { cleanName } from '$lib/domain/file-name';
import * as m from '$lib/i18n/generated/messages';

/** What a file is called on a screen: its sender's name for it, with nothing in it that misleads. */
export function fileLabel(file: Attachment): string {
	if (file.kind === 'voice') return m.file_voice({ time: clock(file.seconds) });
	const name = cleanName(file.name, file.type);
	return file.kind === 'original' ? m.file_original({ name }) : name;
}

/** '0:07' */
export const clock = (seconds: number): string =>
	`${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
