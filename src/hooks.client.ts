import { firstWords } from '$lib/i18n/catalogue';

// The words travel beside the screen, not after it. The layout waits for them, and fails if they do not come.
firstWords().catch(() => undefined);

// It comes at most once a start, maybe before there is a screen; and the browser is not to ask by itself.
addEventListener('beforeinstallprompt', (event) => {
	event.preventDefault();
	void import('$lib/ui/offer.svelte').then(({ keepOffer }) => keepOffer(event));
});
