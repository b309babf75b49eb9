import type { Stage } from '../e2e/stage';
import { derive } from '../../src/lib/crypto/passphrase';
import { signingKey } from '../../src/lib/crypto/proof';
import { followRoll } from '../../src/lib/crypto/roll';
import { stretch } from '../../src/lib/crypto/stretch';
import type { Alert } from '../../src/lib/domain/alert';
import { unwrap } from '../../src/lib/sync/account';
import type { Parcel } from '../../src/lib/store/person';
import { freshId, makeAlert, makeStatement } from '../../src/lib/sync/outgoing';
import { connect } from '../../src/lib/sync/remote';

/** Bartek writes: a quarter of `count` as alerts, the rest as messages in them. */
export async function manyEntries({ server, people }: Stage, count: number): Promise<void> {
	const remote = connect(server.url);
	const facts = await remote.facts();
	const team = facts.ok ? facts.value.teams[0] : undefined;
	if (!facts.ok || !team) throw new Error('the server shows no team');
	const { login, passphrase } = people.Bartek;
	const derived = await derive(passphrase, facts.value.instance, login, stretch);
	const answer = await remote.signIn(login, derived.auth);
	const secrets = answer.ok && (await unwrap(derived, answer.value.record));
	const page = await remote.roll(team.id, 0);
	const followed = page.ok && (await followRoll(null, page.value.links, team.id));
	if (!answer.ok || !secrets || !followed || !followed.ok || !followed.value) throw new Error('no way in');

	const { id: user, recipient } = answer.value.record;
	const hand = { user, key: await signingKey(secrets.seed), certificate: null };
	const author = { recipient, device: freshId(), hand };
	const roll = followed.value.seq;
	for (let said = 0; said < count; said += 4) {
		const made = await makeAlert(ALERT, { ...team, roll }, author, new Map(), Date.now());
		await deliver(remote, made.parcel);
		const [[routing], [key]] = [made.local.cases, made.local.keys];
		if (!routing || !key) throw new Error('an alert has its case and key');
		let after = [made.parcel.item.id];
		for (let seq = 2; seq <= 4; seq++) {
			const content = { kind: 'message' as const, at: Date.now(), text: `${seq}. ${ALERT.story}` };
			const turn = { after, seq, roll };
			const { parcel } = await makeStatement(content, routing, key, author, turn, {}, Date.now());
			await deliver(remote, parcel);
			after = [parcel.item.id];
		}
	}
}

async function deliver(remote: ReturnType<typeof connect>, { batch }: Parcel): Promise<void> {
	const outcome = await remote.sendBatch(batch.writes, batch.id, batch.digest);
	if (outcome.is !== 'accepted') throw new Error(`not delivered: ${outcome.is}`);
}

const ALERT: Alert = {
	kind: 'alert',
	at: Date.UTC(2026, 10, 18, 12),
	theme: 'polarisation',
	type: 'group_conflict',
	setting: 'youth_club',
	place: 'Dunapart',
	when: 'since Monday',
	urgency: 'soon',
	story:
		'Two groups sit at two tables now and do not talk. It began with a joke about a flag, and then somebody took a picture of it. I have known most of them for years and do not know how to begin.',
	photos: []
};
