import * as z from 'zod/mini';

const Key = (bytes: number) =>
	z
		.string()
		.check(
			z.refine((text) => /^[A-Za-z0-9_-]+$/.test(text) && Buffer.from(text, 'base64url').length === bytes)
		);

/** A name, or `*.` and at least two names; no addresses. scripts/settings.mjs says the same before anything starts. */
const Service = z.string().check(z.regex(/^(\*\.)?([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/));

/** What the supervisor gives the courier. */
export const Settings = z.object({
	/** The server's own address, without a slash at the end. */
	HEED_URL: z.url(),
	/** Random for each start; nobody but the server and this process knows it. */
	HEED_COURIER_SECRET: z.string().check(z.minLength(32)),
	/** By which push services know this Heed: base64url, as browsers take the public one. */
	HEED_VAPID_PUBLIC: Key(65),
	HEED_VAPID_PRIVATE: Key(32),
	/** Whom push services may turn to. */
	HEED_VAPID_SUBJECT: z.string().check(z.regex(/^(mailto:|https:\/\/)\S+$/)),
	/** Push services beside the known ones, between commas. */
	HEED_PUSH_SERVICES: z._default(
		z.pipe(
			z.pipe(
				z.string(),
				z.transform((text: string) => text.split(/[\s,]+/).filter(Boolean))
			),
			z.array(Service)
		),
		[]
	),
	/** E-mail, as the operator has set it; mail-settings.ts reads them. */
	HEED_SMTP: z.optional(z.string()),
	HEED_MAIL_FROM: z.optional(z.string()),
	HEED_ADDRESS: z.optional(z.string())
});
export type Settings = z.infer<typeof Settings>;
