import { argon2id } from 'hash-wasm';

/** What Argon2id is asked for. Constants on purpose: a server that could lower them would. */
export const ARGON2 = { memoryKiB: 64 * 1024, passes: 3, lanes: 1, bytes: 32 } as const;

/** The slow step: 0.3 s on a desktop, up to 3 s on a cheap phone, 64 MiB. On a screen use `stretchApart`. */
export function stretch(passphrase: string, salt: Uint8Array): Promise<Uint8Array> {
	return argon2id({
		password: passphrase.normalize('NFC'),
		salt,
		memorySize: ARGON2.memoryKiB,
		iterations: ARGON2.passes,
		parallelism: ARGON2.lanes,
		hashLength: ARGON2.bytes,
		outputType: 'binary'
	});
}
