import { domainToASCII } from 'node:url';

const LOCAL = /^[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*$/;
const SPOKEN = /^[\p{L}\p{M}\p{N}.-]+$/u;
const DOMAIN = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$/;

/**
 * An e-mail address that can be nothing but one: no name, quotes, comment, list or line break. Its domain comes back as the
 * mail server wants it (`müller.example` as `xn--mller-kva.example`); '' where it is anything else.
 */
export function plainAddress(text: string): string {
	const at = text.lastIndexOf('@');
	const [local, domain] = [text.slice(0, at), text.slice(at + 1)];
	if (at < 1 || local.length > 64 || !LOCAL.test(local) || !SPOKEN.test(domain)) return '';
	const written = domainToASCII(domain);
	const whole = `${local}@${written}`;
	return DOMAIN.test(written) && whole.length <= 254 ? whole : '';
}
