import { firstWords } from '$lib/i18n/catalogue';

// The words travel beside the screen, not after it. The layout waits for them, and fails if they do not come.
firstWords().catch(() => undefined);
