/** The browser's own offer to put Heed on the home screen. */
type Offer = Event & { prompt: () => Promise<unknown>; userChoice: Promise<{ outcome: string }> };

let current = $state.raw<Offer | null>(null);

/** Whether there is one, followed like any rune. */
export const isOffered = (): boolean => current !== null;

/** Kept until somebody wants it, or Heed is there. */
export function keepOffer(event: Event): void {
	current = event as Offer;
	addEventListener('appinstalled', () => (current = null), { once: true });
}

/** The browser asks; says whether the answer was yes. Call it from a tap. */
export async function takeOffer(): Promise<boolean> {
	const taken = current;
	current = null;
	await taken?.prompt();
	return (await taken?.userChoice)?.outcome === 'accepted';
}
