/** Entries as a test says them: one after the other, under one key, each after what it names. */
import type { Content } from '../../src/lib/domain/content';
import type { Said } from '../../src/lib/domain/fold';
import type { Audience } from '../../src/lib/domain/lists';
import { idOf, NOON } from './people';

let counter = 0;

/** `to`: whom it is said to, unless `more` says otherwise. */
export const sayingTo =
	(to: Audience) =>
	(author: string, content: Content, after: readonly Said[] = [], more: Partial<Said> = {}): Said => {
		counter += 1;
		return {
			id: `entry${String(counter).padStart(10, '0')}`,
			...{ rev: counter, kind: content.kind, author, time: NOON + counter, content, audience: to },
			header: { key: 'key000000000000', after: after.map(({ id }) => id), seq: 1, device: idOf('device') },
			...more
		};
	};
