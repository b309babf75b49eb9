/** A record's proof by whoever writes: the person's own hand, or a locked device's with its certificate beside it. */
import type { Certificate } from '../domain/envelope';
import { attest, isAttested, type Fields, type Purpose } from './proof';

/** Who signs. `certificate` is null for the person's own key. */
export type Hand = { user: string; key: CryptoKey; certificate: Certificate | null };

/** The signature, and where a device signed, its name, public key and certificate behind it, with dots between. */
export async function vouch({ key, certificate }: Hand, purpose: Purpose, fields: Fields): Promise<string> {
	const signature = await attest(key, purpose, fields);
	if (!certificate) return signature;
	const { device, verifier, proof } = certificate;
	return [signature, device, verifier, proof].join('.');
}

/** The device whose hand it was by its own account; null for a person's own. */
export const deviceOf = (proof: string): string | null => proof.split('.')[1] ?? null;

/** Whose hand it was under `verifier`, the person's public key; null when it is nobody's. */
export async function handOf(
	user: string,
	verifier: string,
	purpose: Purpose,
	fields: Fields,
	proof: string
): Promise<'own' | 'device' | null> {
	const [signature = '', device, ofDevice, certificate] = proof.split('.');
	if (!device || !ofDevice || !certificate)
		return (await isAttested(verifier, purpose, fields, proof)) ? 'own' : null;
	const isCertified = await isAttested(verifier, 'device', { user, device, verifier: ofDevice }, certificate);
	return isCertified && (await isAttested(ofDevice, purpose, fields, signature)) ? 'device' : null;
}
