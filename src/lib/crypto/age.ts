/** The only door to age. Keys are hybrid (X25519 and ML-KEM): what is sealed today stays closed in twenty years. */
import { Decrypter, Encrypter, generateHybridIdentity, identityToRecipient } from 'age-encryption';
import { own, type Bytes } from './bytes';

/** `identity` is secret, `recipient` public; both are age's own text form. */
export type Pair = { identity: string; recipient: string };

export async function newPair(): Promise<Pair> {
	const identity = await generateHybridIdentity();
	return { identity, recipient: await identityToRecipient(identity) };
}

export const recipientOf = (identity: string): Promise<string> => identityToRecipient(identity);

/** About 1.5 kB longer than `bytes`. */
export async function seal(bytes: Uint8Array, recipient: string): Promise<Bytes> {
	const encrypter = new Encrypter();
	encrypter.addRecipient(recipient);
	return own(await encrypter.encrypt(bytes));
}

/** Throws when `identity` cannot open it or a single bit is another. */
export async function open(sealed: Uint8Array, identity: string): Promise<Bytes> {
	const decrypter = new Decrypter();
	decrypter.addIdentity(identity);
	return own(await decrypter.decrypt(sealed));
}
