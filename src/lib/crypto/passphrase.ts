import { own, toBase64url, type Bytes } from './bytes';
import { importKey } from './vault';

/** `auth` signs in (PocketBase's password, 43 characters); `wrap` opens the person's identity and never leaves the device. */
export type Derived = { auth: string; wrap: CryptoKey };
export type Stretch = (passphrase: string, salt: Uint8Array) => Promise<Uint8Array>;

const utf8 = new TextEncoder();

/** salt = SHA-256("heed/v1|" instance "|" login), so that no table serves two persons or two servers. */
export async function salt(instance: string, login: string): Promise<Bytes> {
	const text = utf8.encode(`heed/v1|${instance}|${login}`);
	return new Uint8Array(await crypto.subtle.digest('SHA-256', text));
}

/** One passphrase gives two independent secrets. `login` is already normalised. */
export async function derive(
	passphrase: string,
	instance: string,
	login: string,
	stretch: Stretch
): Promise<Derived> {
	const root = own(await stretch(passphrase, await salt(instance, login)));
	const auth = toBase64url(await expand(root, 'heed/auth/v1'));
	return { auth, wrap: await importKey(await expand(root, 'heed/wrap/v1')) };
}

/** HKDF-SHA-256 (RFC 5869) with an empty salt: 32 bytes. */
export async function expand(root: Bytes, info: string): Promise<Bytes> {
	const key = await crypto.subtle.importKey('raw', root, 'HKDF', false, ['deriveBits']);
	const params = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(0), info: utf8.encode(info) };
	return new Uint8Array(await crypto.subtle.deriveBits(params, key, 256));
}
