/** What the signatures on records cover: field by field, so that nothing a reader relies on is left out. */
import type { Grant, Key, Person, Recovery } from './records';

type Public = Pick<Person, 'recipient' | 'verifier'>;

/** A person's keys, without the name: what is pinned, compared and written on a roll. */
export const keysFields = (instance: string, user: string, { recipient, verifier }: Public) => ({
	instance,
	user,
	recipient,
	verifier
});

/** Signed by the person: so these keys go by this name. */
export const cardFields = (
	instance: string,
	{ id, kind, name, recipient, verifier }: Omit<Person, 'rev' | 'proof'>
) => ({ ...keysFields(instance, id, { recipient, verifier }), kind, name });

/** Signed by the maker. */
export const keyFields = ({
	id,
	team,
	case: kase,
	name,
	before,
	recipient,
	maker
}: Omit<Key, 'rev' | 'proof' | 'ended'>) => ({ id, team, case: kase, name, before, recipient, maker });

/** Signed by the giver. `digest` stands for what is sealed. */
export const grantFields = ({
	id,
	key,
	user,
	via,
	digest,
	giver
}: Omit<Grant, 'rev' | 'sealed' | 'proof' | 'ended'>) => ({ id, key, user, via, digest, giver });

/** Signed by who asks, with the new keys. The digits that are read aloud are made of the same. */
export const recoveryFields = (
	instance: string,
	{ id, team, login, recipient, verifier }: Pick<Recovery, 'id' | 'team' | 'login' | 'recipient' | 'verifier'>
) => ({ instance, recovery: id, team, login, recipient, verifier });

/** Signed by who has compared the spoken code: these new keys are that person's, and `before` was until then. */
export const approvalFields = (
	instance: string,
	{ id, user, recipient, verifier }: Pick<Recovery, 'id' | 'user' | 'recipient' | 'verifier'>,
	before: string
) => ({ ...keysFields(instance, user, { recipient, verifier }), recovery: id, before });
