import { createContext } from 'svelte';
import type { Me } from '$lib/app';

/** Who uses this device: undefined while not known yet, null when nobody has signed in. */
export const [getMe, setMe] = createContext<{ readonly current: Me | null | undefined }>();
