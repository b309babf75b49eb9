import * as z from 'zod/mini';

/** What the supervisor gives the courier. */
export const Settings = z.object({
	/** The server's own address, without a slash at the end. */
	HEED_URL: z.url(),
	/** Random for each start; nobody but the server and this process knows it. */
	HEED_COURIER_SECRET: z.string().check(z.minLength(32))
});
export type Settings = z.infer<typeof Settings>;
