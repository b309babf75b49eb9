/** A team's roll is followed link by link, and whatever is not genuine breaks it. */
import fc from 'fast-check';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { textDigest } from '../../src/lib/crypto/bytes';
import { attest, canonical, digestOf, signingKey } from '../../src/lib/crypto/proof';
import { followRoll, type SignedLink } from '../../src/lib/crypto/roll';
import { spareOf } from '../../src/lib/crypto/spare';
import { CIRCLES, ROLES } from '../../src/lib/domain/lists';
import {
	CIRCLES_OF,
	inCircle,
	isSeated,
	newestOf,
	type Act,
	type Break,
	type Link
} from '../../src/lib/domain/roll';
import { keysFields } from '../../src/lib/domain/signed';
import { Chain, idOf, INSTANCE, NOON, publicKeys, someone, TEAM, type Someone } from './people';
import { RUNS } from './runs';

vi.setConfig({ testTimeout: 600_000 });

let eszter: Someone, cora: Someone, dorin: Someone, frieda: Someone, stranger: Someone, paper: Someone;
/** Founded by Eszter with a printed key; Cora coordinates too, Dorin is police, Frieda a guest until noon. */
let chain: Chain;

beforeAll(async () => {
	[eszter, cora, dorin, frieda, stranger] = await Promise.all([
		someone('Eszter'),
		someone('Cora'),
		someone('Dorin'),
		someone('Frieda'),
		someone('Stranger')
	]);
	paper = await paperOf('Cora');
	chain = await new Chain().found(eszter);
	await chain.write(await spareAct(), eszter);
	await chain.circle('members', eszter);
	await chain.admit(cora, 'coordinator', eszter);
	await chain.admit(dorin, 'police', cora);
	await chain.admit(frieda, 'guest', cora, { until: NOON });
	await chain.circle('police', cora);
	await chain.end(dorin, cora);
	await chain.circle('police', eszter);
});

/** Whoever holds the paper, under the name of `name`. */
async function paperOf(name: string): Promise<Someone> {
	const { seed, verifier } = await spareOf(new Uint8Array(16), INSTANCE, TEAM);
	const person = { ...eszter.person, id: idOf(name), verifier };
	const hand = { user: idOf(name), key: await signingKey(seed), certificate: null };
	return { ...eszter, id: idOf(name), person, seed, hand };
}

async function spareAct(): Promise<Act> {
	const { recipient, verifier } = await spareOf(new Uint8Array(16), INSTANCE, TEAM);
	return { do: 'spare', key: idOf('paper'), recipient: await textDigest(recipient), verifier };
}

const broken = (kind: Break['kind'], seq: number) => ({ ok: false, error: { kind, seq } });
const follow = (links: readonly SignedLink[]) => followRoll(null, links, TEAM);
/** The chain so far, to be gone on with in another way. */
async function again(upto = chain.links.length): Promise<Chain> {
	const other = new Chain();
	for (const { text } of chain.links.slice(0, upto)) {
		const { act, by, at } = JSON.parse(text) as Link;
		const signer = [eszter, cora].find(({ id }) => id === by);
		if (signer) await other.write(act, signer, { at });
	}
	return other;
}

describe('what a roll says', () => {
	test('is what its links say, and the first one’s digest is the team’s fingerprint', async () => {
		const followed = await follow(chain.links);
		expect(followed).toEqual({ ok: true, value: chain.roll });
		expect(chain.roll.fingerprint).toBe(await textDigest(chain.links[0]?.text ?? ''));
		expect(chain.roll.head).toBe(await textDigest(chain.links.at(-1)?.text ?? ''));
		expect(chain.roll).toMatchObject({ team: TEAM, instance: INSTANCE, name: 'Team', seq: 9 });
		expect(chain.roll.seats[cora.id]).toMatchObject({
			...(await publicKeys(cora)),
			...{ role: 'coordinator', left: 0, until: 0, by: eszter.id }
		});
		expect(chain.roll.seats[dorin.id]).toMatchObject({ role: 'police', left: 8 });
	});

	test('is the same in one go or link by link, from wherever it was left', async () => {
		for (let at = 0; at <= chain.links.length; at++) {
			const first = await follow(chain.links.slice(0, at));
			expect(first.ok).toBe(true);
			const known = first.ok ? first.value : null;
			expect(await followRoll(known, chain.links.slice(at), TEAM)).toEqual({ ok: true, value: chain.roll });
		}
	});

	test('keeps every generation of a circle’s key, and the newest is the one to use', () => {
		const police = chain.roll.circles.filter(({ name }) => name === 'police');
		expect(police.map(({ seq }) => seq)).toEqual([7, 9]);
		expect(newestOf(chain.roll, 'police')).toEqual(police[1]);
		expect(newestOf(chain.roll, 'coordinators')).toBeNull();
	});

	test('has everybody once, with the roles and the keys they have had', async () => {
		const other = await again();
		const newKeys = { ...(await someone('Cora')), id: cora.id };
		await other.admit(cora, 'expert', eszter);
		await other.admit(newKeys, 'expert', eszter);
		expect(other.roll.seats[cora.id]).toMatchObject({
			...{ role: 'expert', roles: ['expert', 'coordinator'] },
			...{ verifier: newKeys.person.verifier, earlier: [cora.person.verifier] }
		});
		await other.end(cora, eszter);
		await other.admit(cora, 'expert', eszter);
		expect(other.roll.seats[cora.id]).toMatchObject({
			...{ left: 0, verifier: cora.person.verifier, earlier: [newKeys.person.verifier] }
		});
	});

	test('says who came back with the printed key, also after new keys or another role', async () => {
		const other = await again();
		await other.admit(cora, 'expert', eszter);
		expect(other.roll.seats[cora.id]?.paper).toBe(false);
		const act = { do: 'admit' as const, ...(await publicKeys(cora)), role: 'coordinator' as const };
		await other.write({ ...act, until: 0, met: false }, paper, { hand: 'spare', by: cora.id });
		expect(other.roll.seats[cora.id]).toMatchObject({ paper: true, role: 'coordinator', by: cora.id });
		await other.admit(cora, 'expert', eszter);
		expect(other.roll.seats[cora.id]).toMatchObject({ paper: true, role: 'expert', by: eszter.id });
		expect(await follow(other.links)).toEqual({ ok: true, value: other.roll });
	});

	test('a guest is seated until the last moment, and not after', () => {
		const seat = chain.roll.seats[frieda.id];
		expect(seat && isSeated(seat, NOON - 1)).toBe(true);
		expect(seat && isSeated(seat, NOON)).toBe(false);
	});

	test('the police are in no circle of the members, nor the members in theirs', () => {
		for (const role of ROLES) {
			const circles = CIRCLES_OF[role];
			if (role === 'police') expect(circles).toEqual(['police']);
			else if (role !== 'coordinator') expect(circles).not.toContain('police');
		}
		const who = (name: (typeof CIRCLES)[number]) => inCircle(chain.roll, name, NOON).map(({ user }) => user);
		expect(who('members')).toEqual([eszter.id, cora.id]);
		expect(who('police')).toEqual([eszter.id, cora.id]);
		expect(who('coordinators')).toEqual([eszter.id, cora.id]);
	});

	test('ending somebody who never was in it changes nothing but the number', async () => {
		const other = await again();
		const { seats } = other.roll;
		await other.end(stranger, eszter);
		expect(other.roll).toMatchObject({ seats, seq: 10 });
	});
});

describe('a roll breaks', () => {
	test('when a link is missing, wherever it is', async () => {
		for (let at = 0; at < chain.links.length - 1; at++) {
			expect(await follow(chain.links.toSpliced(at, 1)), `link ${at + 1}`).toEqual(
				broken('not_next', at + 2)
			);
		}
	});

	test('when a link is moved, doubled or swapped with another', async () => {
		for (let at = 0; at + 1 < chain.links.length; at++) {
			const [one, two] = chain.links.slice(at, at + 2);
			if (!one || !two) throw new Error('no such links');
			expect((await follow(chain.links.toSpliced(at, 2, two, one))).ok).toBe(false);
			expect(await follow(chain.links.toSpliced(at, 0, one))).toEqual(broken('not_next', at + 1));
		}
	});

	test('when it is begun by another link than a founding one, or goes on from another', async () => {
		const rogue = await new Chain().found(stranger);
		expect(await followRoll(null, chain.links.slice(1), TEAM)).toEqual(broken('not_next', 2));
		expect(await followRoll(rogue.roll, chain.links.slice(1), TEAM)).toEqual(broken('not_next', 2));
		const early = await new Chain().write({ do: 'end', user: cora.id }, eszter);
		expect(await follow(early.links)).toEqual(broken('not_next', 1));
	});

	test('when it is another team’s', async () => {
		expect(await followRoll(null, chain.links, idOf('other'))).toEqual(broken('other_team', 1));
		const other = await new Chain(idOf('other')).found(eszter);
		expect(await followRoll(null, other.links, TEAM)).toEqual(broken('other_team', 1));
		expect((await followRoll(null, [...chain.links, ...other.links], TEAM)).ok).toBe(false);
		const strayed = await again();
		const { text = '' } = strayed.links.at(-1) ?? {};
		const link = { ...(JSON.parse(text) as Link), team: idOf('other') };
		const signed = { text: canonical(link), proof: await attest(eszter.hand.key, 'roll', link) };
		expect(await follow(strayed.links.toSpliced(-1, 1, signed))).toEqual(broken('other_team', 9));
	});

	test('when its words are others than those that were signed', async () => {
		for (const [at, { text, proof }] of chain.links.entries()) {
			const changed = text.replace(/"at":\d+/, `"at":${NOON + 1}`);
			expect(changed).not.toBe(text);
			expect(await follow(chain.links.toSpliced(at, 1, { text: changed, proof }))).toEqual(
				broken('forged', at + 1)
			);
		}
	});

	test('when a link is written in another way, or says more, though its signature holds', async () => {
		const [first] = chain.links;
		if (!first) throw new Error('no link');
		const link = JSON.parse(first.text) as Link;
		const sign = async (text: string) => {
			const bytes = new TextEncoder().encode(text);
			const said = new Uint8Array([...new TextEncoder().encode('heed/v2/roll\n'), ...bytes]);
			const proof = Buffer.from(await crypto.subtle.sign('Ed25519', eszter.hand.key, said));
			return { text, proof: proof.toString('base64') };
		};
		expect((await follow([await sign(first.text)])).ok).toBe(true);
		const others = [
			`${first.text} `,
			`\ufeff${first.text}`,
			JSON.stringify(link, null, 1),
			JSON.stringify(Object.fromEntries(Object.entries(link).reverse())),
			canonical({ ...link, also: 1 }),
			canonical({ ...link, act: { ...link.act, also: 1 } }),
			canonical({ ...link, v: 1 }),
			canonical({ ...link, seq: 1.5 }),
			'null',
			'[]',
			''
		];
		for (const text of others)
			expect(await follow([await sign(text)]), text).toEqual(broken('unreadable', 1));
	});

	test('when an act is unknown, or founds a second time', async () => {
		const { text = '' } = chain.links.at(-1) ?? {};
		const link = { ...(JSON.parse(text) as Link), act: { do: 'rename', name: 'Other' } };
		const signed = { text: canonical(link), proof: await attest(eszter.hand.key, 'roll', link) };
		expect(await follow(chain.links.toSpliced(-1, 1, signed))).toEqual(broken('unreadable', 9));

		const twice = await (await again()).found(eszter);
		expect(await follow(twice.links)).toEqual(broken('not_entitled', 10));
	});

	test('when its founder names another, or signs with a key that the link does not show', async () => {
		const { keys } = await publicKeys(eszter);
		const act: Act = {
			...{ do: 'found', instance: INSTANCE, name: 'Team' },
			...{ user: eszter.id, keys, verifier: eszter.person.verifier }
		};
		const named = await new Chain().write(act, cora);
		expect(await follow(named.links)).toEqual(broken('not_entitled', 1));
		const signed = await new Chain().write(act, cora, { by: eszter.id });
		expect(await follow(signed.links)).toEqual(broken('forged', 1));
		const printed = await new Chain().write(act, eszter, { hand: 'spare' });
		expect(await follow(printed.links)).toEqual(broken('not_entitled', 1));
	});

	test('when a proof is no signature at all', async () => {
		const [first] = chain.links;
		// Base64 whose last bits are not zero looks like a signature and is none.
		for (const proof of ['', 'no', `${'A'.repeat(86)}==`, `${'A'.repeat(85)}B==`]) {
			expect(await follow([{ text: first?.text ?? '', proof }])).toEqual(broken('forged', 1));
		}
	});
});

describe('nobody signs who may not', () => {
	const acts = async (): Promise<Act[]> => [
		{ do: 'admit', ...(await publicKeys(stranger)), role: 'coordinator', until: 0, met: true },
		{ do: 'end', user: eszter.id },
		{ do: 'circle', key: idOf('key'), name: 'members', recipient: '0'.repeat(64) },
		await spareAct()
	];

	test.for([
		['a stranger', () => stranger],
		['somebody who has left', () => dorin],
		['a guest whose time is over', () => frieda]
	] as const)('%s', async ([, who]) => {
		for (const act of await acts()) {
			const other = await (await again()).write(act, who());
			expect(await follow(other.links), act.do).toEqual(broken('not_entitled', 10));
		}
	});

	test.for(ROLES.filter((role) => role !== 'coordinator'))('a member who is %s', async (role) => {
		for (const act of await acts()) {
			const other = await (await again()).admit(stranger, role, eszter);
			expect(await follow((await other.write(act, stranger)).links), act.do).toEqual(
				broken('not_entitled', 11)
			);
		}
	});

	test('a coordinator who has left, whose time is over, or who has become something else', async () => {
		const ended = await (await again()).end(cora, eszter);
		expect(await follow((await ended.end(eszter, cora)).links)).toEqual(broken('not_entitled', 11));
		const expert = await (await again()).admit(cora, 'expert', eszter);
		expect(await follow((await expert.end(eszter, cora)).links)).toEqual(broken('not_entitled', 11));
		const timed = await (await again()).admit(cora, 'coordinator', eszter, { until: NOON });
		expect(await follow((await timed.end(eszter, cora)).links)).toEqual(broken('not_entitled', 11));
	});

	test('anybody in a coordinator’s name, nor a coordinator with keys that were replaced', async () => {
		for (const act of await acts()) {
			const other = await (await again()).write(act, stranger, { by: eszter.id });
			expect(await follow(other.links), act.do).toEqual(broken('forged', 10));
		}
		const newKeys = await someone('Cora');
		const replaced = await (await again()).admit(newKeys, 'coordinator', eszter);
		expect(await follow((await replaced.end(dorin, cora)).links)).toEqual(broken('forged', 11));
		const asNew = await (await again()).admit(newKeys, 'coordinator', eszter);
		expect((await follow((await asNew.end(dorin, newKeys)).links)).ok).toBe(true);
	});
});

describe('the printed key', () => {
	const back = async (who: Someone, more: Partial<Act> = {}): Promise<Act> =>
		({
			...{ do: 'admit', ...(await publicKeys(who)), role: 'coordinator', until: 0, met: false },
			...more
		}) as Act;

	test('admits whoever holds it as a coordinator, who coordinates from then on', async () => {
		const other = await (
			await again()
		).write(await back(stranger), paper, {
			...{ by: stranger.id, hand: 'spare' }
		});
		expect((await follow(other.links)).ok).toBe(true);
		expect((await follow((await other.end(eszter, stranger)).links)).ok).toBe(true);
	});

	test('does nothing else, and admits nobody else', async () => {
		const others: Act[] = [
			await back(stranger, { role: 'expert' }),
			await back(frieda),
			{ do: 'end', user: eszter.id },
			{ do: 'circle', key: idOf('key'), name: 'members', recipient: '0'.repeat(64) },
			await spareAct(),
			{ do: 'found', instance: INSTANCE, name: 'Team', ...(await publicKeys(stranger)) }
		];
		for (const act of others) {
			const other = await (await again()).write(act, paper, { by: stranger.id, hand: 'spare' });
			expect(await follow(other.links), act.do).toEqual(broken('not_entitled', 10));
		}
	});

	test('is not another key that says it is the printed one, nor good before it was named or after it was renewed', async () => {
		const claimed = await (await again()).write(await back(stranger), stranger, { hand: 'spare' });
		expect(await follow(claimed.links)).toEqual(broken('forged', 10));
		const early = await (
			await again(1)
		).write(await back(stranger), paper, {
			...{ by: stranger.id, hand: 'spare' }
		});
		expect(await follow(early.links)).toEqual(broken('not_entitled', 2));
		const renewed = await again();
		const { recipient, verifier } = stranger.person;
		await renewed.write(
			{ do: 'spare', key: idOf('other'), recipient: await textDigest(recipient), verifier },
			eszter
		);
		await renewed.write(await back(stranger), paper, { by: stranger.id, hand: 'spare' });
		expect(await follow(renewed.links)).toEqual(broken('forged', 11));
	});

	test('does not sign as a person who is in the team', async () => {
		const other = await (await again()).write(await back(stranger), paper, { by: eszter.id });
		expect(await follow(other.links)).toEqual(broken('forged', 10));
	});
});

test('any change to any link of a chain is refused, and then nothing of what came with it counts', async () => {
	const aChange = fc.record({
		link: fc.nat(),
		at: fc.nat(),
		how: fc.oneof(
			fc.record({ bit: fc.integer({ min: 0, max: 6 }) }),
			fc.record({ insert: fc.string({ minLength: 1, maxLength: 3 }) }),
			fc.record({ cut: fc.integer({ min: 1, max: 5 }) })
		),
		inProof: fc.boolean()
	});
	await fc.assert(
		fc.asyncProperty(aChange, async ({ link, at, how, inProof }) => {
			const index = link % chain.links.length;
			const signed = chain.links[index];
			if (!signed) throw new Error('no such link');
			const text = inProof ? signed.proof : signed.text;
			const place = at % text.length;
			const changed =
				'bit' in how
					? text.slice(0, place) +
						String.fromCharCode(text.charCodeAt(place) ^ (1 << how.bit)) +
						text.slice(place + 1)
					: 'insert' in how
						? text.slice(0, place) + how.insert + text.slice(place)
						: text.slice(0, place) + text.slice(place + how.cut);
			const other = inProof ? { ...signed, proof: changed } : { ...signed, text: changed };
			const followed = await follow(chain.links.toSpliced(index, 1, other));
			expect(followed.ok).toBe(false);
			// Known links before the changed one are no reason to believe it.
			const before = await follow(chain.links.slice(0, index));
			expect((await followRoll(before.ok ? before.value : null, [other], TEAM)).ok).toBe(false);
		}),
		{ numRuns: RUNS }
	);
});

test('a person’s keys on the roll are the digest of instance, person and both keys', async () => {
	const { recipient, verifier } = cora.person;
	expect((await publicKeys(cora)).keys).toBe(
		await digestOf(keysFields(INSTANCE, cora.id, { recipient, verifier }))
	);
});
