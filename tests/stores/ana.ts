/** A while in the life of Ana's phone, lived with the app's own code: what every kind of row in its stores comes from. */
import './browser';
import { createHash } from 'node:crypto';
import { send, say, opened } from '../../src/lib/app/acts';
import { setAside } from '../../src/lib/app/aside';
import { keepBegun } from '../../src/lib/app/begun';
import { discardDraft, draft as keptDraft, newDraft, saveDraft } from '../../src/lib/app/drafts';
import * as held from '../../src/lib/app/held';
import { device, deviceKey, storeOf } from '../../src/lib/app/here';
import { moveIn } from '../../src/lib/app/session';
import { derive } from '../../src/lib/crypto/passphrase';
import { stretch } from '../../src/lib/crypto/stretch';
import { keepBytes } from '../../src/lib/crypto/vault';
import { toAlert, type Draft } from '../../src/lib/domain/draft';
import { OPEN, type Outcome, type Write } from '../../src/lib/domain/outbox';
import { PART_BYTES } from '../../src/lib/domain/parts';
import { ok } from '../../src/lib/domain/result';
import type { PartRow, Store } from '../../src/lib/store/person';
import { makeVault } from '../../src/lib/sync/account';
import { drain } from '../../src/lib/sync/engine';
import { pullAll } from '../../src/lib/sync/inbox';
import { openNew } from '../../src/lib/sync/opening';
import { freshId, grantTo, makeAlert, makeStatement } from '../../src/lib/sync/outgoing';
import type { Remote } from '../../src/lib/sync/remote';
import { bringTrust } from '../../src/lib/sync/trust';
import { Chain, idOf, INSTANCE, someone, TEAM } from '../unit/people';
import type { Holds, Picture, Written } from './holds';

const [ANA, CORA, TABLET] = [idOf('ana'), idOf('cora'), idOf('tablet')];
const [PASSPHRASE, OLD_PASSPHRASE] = ['Wetter Pfad Kerze Linie', 'kubek rower lampa most'];
const HOUR = 3_600_000;

/** Leaves Ana's stores behind and says what is in them. */
export async function live(): Promise<Holds> {
	const written = Date.now();
	const [ana, cora] = [await someone('Ana'), await someone('Cora')];
	const chain = await new Chain().found(cora);
	const circle = await chain.circle('members', cora);
	await device.keepRoll({
		...{ team: TEAM, roll: chain.roll, fingerprint: chain.roll.fingerprint, trouble: '' }
	});
	const shown = { id: TEAM, name: 'Local team', locale: 'pl', coded: false, roll: chain.roll.seq } as const;
	const key = { id: circle.key.id, recipient: circle.key.recipient };
	await device.set('facts', {
		...{ instance: INSTANCE, version: '1' },
		teams: [{ ...shown, area: 'Dąbrowa Górnicza', country: 'PL', circle: key }]
	});

	const store = storeOf(ANA);
	const signIn = async (passphrase: string): Promise<Uint8Array<ArrayBuffer>> => {
		const { auth, wrap } = await derive(passphrase, INSTANCE, 'ana', stretch);
		const vault = await makeVault(wrap, ANA);
		const { name, recipient, verifier } = ana.person;
		const person = { id: ANA, login: 'ana', name, recipient, verifier, instance: INSTANCE, coded: false };
		const secrets = { identity: ana.pair.identity, seed: ana.seed, auth };
		await moveIn(person, secrets, vault, { token: 'a token that nobody takes', reached: Date.now() });
		held.open(ANA, vault.key, HOUR);
		return vault.box;
	};
	const oldVault = await signIn(OLD_PASSPHRASE);
	const aside = await write(store, 'Before the new keys', 21);
	const asideBegun = await begin(idOf('longago'), 'Half a word from before');
	await setAside(store, oldVault);
	await signIn(PASSPHRASE);

	const server = new Server();
	const anas = { recipient: ana.pair.recipient, device: TABLET, hand: ana.hand };
	const team = { id: TEAM, roll: chain.roll.seq, circle: key };
	const earlier = { ...(await filled('Written on a tablet')), photos: [] };
	const { theme, type, setting, urgency } = REST;
	const alert = toAlert({ ...earlier, theme, type, setting, urgency }, written - HOUR);
	if (!alert.ok) throw new Error('what was filled in is an alert');
	const first = await makeAlert(alert.value, team, anas, new Map(), alert.value.at);
	const [routing, reporterKey] = [first.local.cases[0], first.local.keys[0]];
	if (!routing || !reporterKey) throw new Error('an alert makes a case and its key');
	const coras = { recipient: cora.pair.recipient, device: idOf('office'), hand: cora.hand };
	const turn = { after: [first.parcel.item.id], seq: 1, roll: chain.roll.seq };
	const message = { kind: 'message', at: written, text: 'Thank you. Is anybody in danger?' } as const;
	const answer = await makeStatement(message, routing, reporterKey, coras, turn, {}, written);
	const own = await grantTo({ user: CORA }, cora.pair.recipient, circle.key.id, circle.pair, cora.hand);
	server.file(first.parcel.batch.writes);
	server.file(answer.parcel.batch.writes);
	server.add('keys', circle.key);
	server.add('grants', own);
	server.add('users', ana.person);
	server.add('users', cora.person);
	server.add('areas', { id: idOf('area'), name: 'Dąbrowa Górnicza', country: 'PL', parent: '' });
	server.add('agencies', { id: idOf('agency'), team: TEAM, name: 'Youth Centre', sector: 'municipality' });
	server.add('teams', {
		...{ id: TEAM, name: shown.name, area: idOf('area'), locale: 'pl', open: true, coded: false },
		...{ roll: chain.roll.seq, idle: {} }
	});
	server.add('memberships', {
		...{ id: idOf('seat'), team: TEAM, user: CORA, agency: '', role: 'coordinator', until: '', ended: '' }
	});
	server.add('requests', { id: idOf('request'), team: TEAM, user: idOf('bartek'), answer: 'declined' });
	const later = { novelties: [{ id: idOf('novelty'), rev: 1, says: 'what no app of today knows' }] };
	const page = { upto: server.rev, more: false, rows: { ...server.rows, ...later } };
	const trouble = await pullAll(store, { pull: () => Promise.resolve(ok(page)) });
	if (trouble) throw new Error(trouble.reason);
	const remote = { roll: () => Promise.reject(new Error('it is known')) };
	await bringTrust(store, device, remote, INSTANCE, written, ANA);
	const vault = await held.vaultOf(ANA);
	if (!vault) throw new Error('it is open');
	await openNew(store, vault, ANA, await device.rolls());
	await opened(routing.id);

	const begun = await begin(routing.id, 'No, nobody is, but');
	const draft = await write(store, 'Half a story', 5);
	const dropped = await write(store, 'Not worth it', null);
	await discardDraft(dropped.id);

	const refused = await post(store, 'Refused as it is', null);
	server.refuses.add(refused.entry);
	await drain({ store, remote: server as unknown as Remote, ...HOST });
	const half = await post(store, 'Two boys, and a photo of it', PART_BYTES + 9);
	server.takesParts = 1;
	await drain({ store, remote: server as unknown as Remote, ...HOST });
	await say(half.case, 'reporter', { kind: 'message', text: 'And again today' });
	const [said] = (await store.entries.where({ case: half.case }).toArray()).filter(
		({ kind }) => kind === 'message'
	);
	if (!said) throw new Error('it was said');

	held.close();
	const begunLocked = await write(store, 'Begun while locked', 7);
	const sealed = await post(store, 'Sent while locked', 11);
	const isThere = [first, answer].map(({ parcel }) => parcel.item.id);
	return {
		written,
		person: { id: ANA, passphrase: PASSPHRASE, oldPassphrase: OLD_PASSPHRASE },
		drafts: [draft, begunLocked],
		dropped,
		aside,
		begun: [begun],
		asideBegun: [asideBegun],
		cases: [
			{
				id: routing.id,
				said: [
					{ entry: isThere[0] ?? '', author: ANA, words: earlier.story, isSealed: false },
					{ entry: isThere[1] ?? '', author: CORA, words: message.text, isSealed: false }
				]
			},
			{
				id: half.case,
				said: [
					{ entry: half.entry, author: ANA, words: half.story, isSealed: false },
					{ entry: said.id, author: ANA, words: 'And again today', isSealed: false }
				]
			},
			...[refused, sealed].map(({ case: id, entry, story }) => ({
				...{ id, said: [{ entry, author: ANA, words: story, isSealed: entry === sealed.entry }] }
			}))
		],
		outbox: [
			{ id: refused.entry, status: 'refused', parts: 0, up: 0 },
			{ id: half.entry, status: 'waiting', parts: 2, up: 1 },
			{ id: said.id, status: 'waiting', parts: 0, up: 0 },
			{ id: sealed.entry, status: 'waiting', parts: 1, up: 0 }
		],
		files: half.picture ? [{ ...half.picture, case: half.case, parts: 2 }] : [],
		pins: [ANA, CORA],
		server: server.rows
	};
}

const REST = { theme: 'hate', type: 'hate_speech', setting: 'sport', urgency: 'soon' } as const;
const HOST = {
	host: { now: Date.now, chance: () => 0.5, sleep: () => new Promise<void>(() => undefined) },
	line: { is: OPEN }
};

async function filled(story: string): Promise<Draft> {
	const { draft } = await newDraft();
	return { ...draft, ...REST, place: 'Sports hall', when: 'yesterday', story };
}

/** A draft, with a picture of so many bytes. Node has no pictures to encode: it is as `attach` keeps it. */
async function write(store: Store, story: string, size: number | null): Promise<Written> {
	const blank = await newDraft();
	const draft = { ...(await filled(story)), id: blank.draft.id };
	const picture = size === null ? null : await attach(store, draft.id, size);
	const photo = { type: 'image/webp', bytes: size ?? 0, width: 4, height: 3 } as const;
	const parts = Math.ceil((size ?? 0) / PART_BYTES);
	const photos = picture ? [{ ...photo, file: picture.file, parts }] : [];
	await saveDraft(blank, { ...draft, photos });
	return { id: draft.id, story, picture };
}

async function attach(store: Store, draft: string, size: number): Promise<Picture> {
	const bytes = new Uint8Array(size).map((_, at) => (at * 31 + size) % 251);
	const file = freshId();
	const vault = await held.vaultOf(ANA);
	const [key, by] = vault ? [vault, 'vault' as const] : [await deviceKey(), 'device' as const];
	const box = await keepBytes(key, bytes, `picture|${file}`);
	await store.pictures.put({ file, draft, type: 'image/webp', box, by });
	return { file, digest: createHash('sha256').update(bytes).digest('hex') };
}

async function begin(id: string, text: string): Promise<{ case: string; text: string }> {
	const kept = await keepBegun(id, { text, audience: 'reporter' }, 0);
	if (!kept.ok) throw new Error(kept.error.kind);
	return { case: id, text };
}

async function post(store: Store, story: string, size: number | null) {
	const made = await write(store, story, size);
	const kept = await keptDraft(made.id);
	if (typeof kept === 'string' || 'sent' in kept) throw new Error('it is a draft');
	const sent = await send(kept.draft, kept);
	if (!sent.ok) throw new Error(sent.error.kind);
	const [entry] = await store.entries.where({ case: sent.value.case }).toArray();
	if (!entry) throw new Error('it was sent');
	return { ...made, case: sent.value.case, entry: entry.id };
}

/** Takes all but what it refuses, and so many parts; then the line is gone. */
class Server {
	rev = 0;
	readonly rows: Holds['server'] = {};
	readonly refuses = new Set<string>();
	takesParts = 0;

	add(collection: string, row: { id: string } & Record<string, unknown>): void {
		(this.rows[collection] ??= []).push({ ...row, rev: ++this.rev });
	}

	file(writes: readonly Write[]): void {
		const created = new Date().toISOString().replace('T', ' ');
		for (const { collection, id, body } of writes) {
			const isTimed = collection === 'cases' || collection === 'entries';
			this.add(collection, { ...body, ...(isTimed && { created }), id });
		}
	}

	sendBatch = (writes: readonly Write[], entry: string): Promise<Outcome> => {
		if (this.refuses.has(entry)) return Promise.resolve({ is: 'refused' });
		this.file(writes);
		return Promise.resolve({ is: 'accepted' });
	};

	sendPart = ({ id, fields }: PartRow): Promise<Outcome> => {
		if (this.takesParts-- <= 0) return Promise.resolve({ is: 'unreachable', reason: 'network' });
		this.add('blobs', { ...fields, id, part: `${id}.part` });
		return Promise.resolve({ is: 'accepted' });
	};
}
