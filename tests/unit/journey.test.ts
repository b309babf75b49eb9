import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fold, type Said } from '../../src/lib/domain/fold';
import { journey, STATIONS } from '../../src/lib/domain/journey';
import type { Outgoing } from '../../src/lib/domain/outbox';

const WRITTEN = Date.UTC(2026, 10, 18, 12);
const [ANA, CORA] = ['ana000000000000', 'cora00000000000'];

const alert = (rev: number | null): Said => ({
	id: 'alert0000000000',
	rev,
	kind: 'alert',
	author: ANA,
	time: WRITTEN + 1_000,
	content: {
		kind: 'alert',
		at: WRITTEN,
		theme: 'hate',
		type: 'hate_speech',
		setting: 'sport',
		place: 'Sports hall',
		when: '',
		urgency: 'soon',
		story: 'Two older boys shouted.',
		photos: []
	},
	audience: 'reporter',
	header: null
});
const seen: Said = {
	id: 'seen00000000000',
	rev: 2,
	kind: 'seen',
	author: CORA,
	time: WRITTEN + 2_000,
	content: { kind: 'seen', at: WRITTEN },
	audience: 'reporter',
	header: null
};
const answer: Said = {
	id: 'answer000000000',
	rev: 3,
	kind: 'message',
	author: CORA,
	time: WRITTEN + 3_000,
	content: { kind: 'message', at: WRITTEN, text: 'Thank you' },
	audience: 'reporter',
	header: null
};
const outgoing = (reason: Outgoing['reason'], more: Partial<Outgoing> = {}): Outgoing => ({
	id: 'alert0000000000',
	case: 'case00000000000',
	created: WRITTEN,
	attempts: 1,
	notBefore: 0,
	reason,
	status: reason === 'refused' ? 'refused' : 'waiting',
	makes: [],
	needs: [],
	filed: false,
	left: [],
	parts: 0,
	...more
});

describe('before the server has it', () => {
	test.for(['', 'network', 'sign_in', 'server', 'refused'] as const)(
		'it is on the phone and waits: %j',
		(reason) => {
			expect(journey(fold([alert(null)]), outgoing(reason), WRITTEN)).toEqual({
				station: 'phone',
				times: { phone: WRITTEN },
				waiting: reason,
				progress: 0,
				had: null
			});
		}
	);

	test('it is on its way as soon as its text is there, and says how much of its pictures is', () => {
		const some = outgoing('', { filed: true, parts: 3, left: ['a', 'b'] });
		expect(journey(fold([alert(null)]), some, WRITTEN)).toMatchObject({ station: 'sending', progress: 0.5 });
		expect(journey(fold([alert(1)]), some, WRITTEN)).toMatchObject({ station: 'received', progress: 0.5 });
	});

	test('between the answer and the next pull it is on its way, and waits for nothing', () => {
		expect(journey(fold([alert(null)]), null, WRITTEN)).toMatchObject({ station: 'sending', waiting: '' });
	});
});

describe('once the server has it', () => {
	test('each station has the time at which it was reached', () => {
		const times = { phone: WRITTEN, received: WRITTEN + 1_000 };
		expect(journey(fold([alert(1)]), null, WRITTEN)).toMatchObject({ station: 'received', times });
		expect(journey(fold([alert(1), seen]), null, WRITTEN)).toMatchObject({
			station: 'seen',
			times: { ...times, seen: WRITTEN + 2_000 }
		});
		expect(journey(fold([alert(1), seen, answer]), null, WRITTEN)).toEqual({
			station: 'answered',
			times: { ...times, seen: WRITTEN + 2_000, answered: WRITTEN + 3_000 },
			waiting: null,
			progress: 1,
			had: null
		});
	});

	test('whoever said ‘I have it’ has seen it, and whoever was first says when', () => {
		const had = (time: number, others: Said[]) =>
			journey(fold([alert(1), ...others]), null, WRITTEN, WRITTEN + time);
		expect(had(5_000, [])).toMatchObject({
			station: 'seen',
			times: { seen: WRITTEN + 5_000 },
			had: WRITTEN + 5_000
		});
		expect(had(5_000, [seen]).times.seen).toBe(WRITTEN + 2_000);
		expect(had(1_500, [seen]).times.seen).toBe(WRITTEN + 1_500);
		expect(had(5_000, [seen, answer])).toMatchObject({
			station: 'answered',
			times: { seen: WRITTEN + 2_000 }
		});
	});

	test('nobody has it before it is there', () => {
		expect(journey(fold([alert(null)]), outgoing('network'), WRITTEN, WRITTEN + 5_000).station).toBe('phone');
	});

	test('one written on another device does not claim to have been on this one', () => {
		expect(journey(fold([alert(1)]), null, null).times).not.toHaveProperty('phone');
	});

	test('an outbox that has not noticed yet takes nothing back', () => {
		expect(journey(fold([alert(1)]), outgoing('network'), WRITTEN)).toMatchObject({
			station: 'received',
			waiting: null,
			progress: 1
		});
	});

	test('its own writer’s words are no answer', () => {
		expect(journey(fold([alert(1), { ...answer, author: ANA }]), null, WRITTEN).station).toBe('received');
	});
});

test('what is received, seen or answered is only what the server has confirmed', () => {
	const anOutgoing = fc.option(
		fc.constantFrom<Outgoing['reason']>('', 'network', 'server', 'refused').map((reason) => outgoing(reason))
	);
	fc.assert(
		fc.property(fc.option(fc.nat(5)), fc.subarray([seen, answer]), anOutgoing, (rev, others, item) => {
			const { station } = journey(fold([alert(rev), ...others]), item, WRITTEN);
			const isConfirmed = STATIONS.indexOf(station) >= STATIONS.indexOf('received');
			expect(isConfirmed).toBe(rev !== null);
		})
	);
});
