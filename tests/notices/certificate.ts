/** A certificate that signs itself, made anew for each test: X.509 v3 with a P-256 key, good for two days and these names. */
import { generateKeyPairSync, sign } from 'node:crypto';

export type Certificate = { key: string; cert: string };

export function makeCertificate(names: readonly string[], now = Date.now()): Certificate {
	const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
	const algorithm = sequence(oid('2a8648ce3d040302'));
	const subject = sequence(tagged(0x31, sequence(oid('550403'), tagged(0x0c, Buffer.from('Heed tests')))));
	const others = sequence(...names.map((name) => tagged(0x82, Buffer.from(name))));
	const body = sequence(
		tagged(0xa0, tagged(0x02, Buffer.from([2]))),
		tagged(0x02, Buffer.from([1])),
		algorithm,
		subject,
		sequence(time(now - 86_400_000), time(now + 86_400_000)),
		subject,
		publicKey.export({ type: 'spki', format: 'der' }),
		tagged(0xa3, sequence(sequence(oid('551d11'), tagged(0x04, others))))
	);
	const signature = tagged(0x03, Buffer.concat([Buffer.from([0]), sign('sha256', body, privateKey)]));
	const base64 = sequence(body, algorithm, signature).toString('base64');
	const lines = base64.match(/.{1,64}/g) ?? [];
	return {
		key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
		cert: ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n')
	};
}

function tagged(tag: number, content: Buffer): Buffer {
	const { length } = content;
	const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
	return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

const sequence = (...parts: readonly Buffer[]): Buffer => tagged(0x30, Buffer.concat(parts));
const oid = (hex: string): Buffer => tagged(0x06, Buffer.from(hex, 'hex'));
const time = (ms: number): Buffer => {
	const digits = new Date(ms).toISOString().replace(/\D/g, '').slice(2, 14);
	return tagged(0x17, Buffer.from(`${digits}Z`));
};
