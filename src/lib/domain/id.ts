import * as z from 'zod/mini';

/** Made on the device, so that sending twice can never file twice. PocketBase's own shape: 15 of a-z and 0-9. */
export const Id = z.string().check(z.regex(/^[a-z0-9]{15}$/));
export type Id = z.infer<typeof Id>;
