/** New keys for a forgotten passphrase, as members have compared and signed them. */
import { isAttested } from '../crypto/proof';
import type { Role } from '../domain/lists';
import type { Recovery } from '../domain/records';
import { approvalFields } from '../domain/signed';
import type { Store } from '../store/person';

/** Who has signed for what was asked, and which key they say it replaces. Nobody signs for themselves. */
export async function approvalsOf(
	store: Store,
	asked: Recovery,
	instance: string,
	verifiersOf: (user: string) => readonly string[]
): Promise<{ by: string; before: string }[]> {
	const genuine: { by: string; before: string }[] = [];
	for (const { by, before, proof } of await store.approvals.where({ recovery: asked.id }).toArray()) {
		const fields = approvalFields(instance, asked, before);
		for (const verifier of by === asked.user ? [] : verifiersOf(by)) {
			if (!(await isAttested(verifier, 'approval', fields, proof))) continue;
			genuine.push({ by, before });
			break;
		}
	}
	return genuine;
}

/** Two persons have approved who may, one of them a coordinator, however often the server shows what each has signed. */
export function isEnough(
	approvals: readonly { by: string }[],
	rolesOf: (user: string) => readonly Role[]
): boolean {
	const roles = [...new Set(approvals.map(({ by }) => by))].map(rolesOf);
	const approving = roles.filter((own) => own.includes('expert') || own.includes('coordinator'));
	return approving.length >= 2 && approving.some((own) => own.includes('coordinator'));
}
