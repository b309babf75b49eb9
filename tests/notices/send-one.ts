/** Sends one letter by what the environment says, as the courier would, and writes what became of it. */
import { mailer } from '../../src/courier/mail';
import { mailSettings } from '../../src/courier/mail-settings';
import { Nudge } from '../../src/lib/domain/notice';

const { HEED_SMTP, HEED_MAIL_FROM, HEED_ADDRESS } = process.env;
const post = mailer(mailSettings({ HEED_SMTP, HEED_MAIL_FROM, HEED_ADDRESS }));
const nudge = Nudge.parse({
	v: 1,
	id: 'n0t1c3n0t1c3n0t',
	kind: 'seen',
	tag: 'seen',
	token: 't'.repeat(32),
	case: '',
	person: 'p3rs0np3rs0np3r'
});
console.log(
	JSON.stringify(await post.send({ to: 'ana@example.org', locale: 'hu', counts: { seen: 1 } }, nudge))
);
post.close();
