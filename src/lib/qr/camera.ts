/** A camera that looks for QR codes. The picture stays in the page: no frame is kept or sent. */
export type CameraTrouble = 'refused' | 'none' | 'busy';
/** Says what a code in this frame says, or null. */
export type Reader = (video: HTMLVideoElement) => Promise<string | null>;

/** ms between two looks: quick for whoever holds the phone still, light on its battery. */
const LOOK_EVERY = 150;
/** px: a code that fills a third of the picture can be read at this size. */
const LONGEST_SIDE = 800;

/** The camera at the back where there is one. */
export async function openCamera(): Promise<MediaStream> {
	const video = { facingMode: 'environment', width: { ideal: 1280 }, height: { ideal: 720 } };
	return navigator.mediaDevices.getUserMedia({ video, audio: false });
}

export const closeCamera = (stream: MediaStream): void => stream.getTracks().forEach((track) => track.stop());

/** Why no picture comes, from what `getUserMedia` throws. */
export function troubleOf(cause: unknown): CameraTrouble {
	const name = cause instanceof Error ? cause.name : '';
	if (name === 'NotAllowedError' || name === 'SecurityError') return 'refused';
	return name === 'NotReadableError' || name === 'AbortError' ? 'busy' : 'none';
}

/** Calls `found` with each code that it sees, until `ended`. A frame that cannot be read is passed over. */
export async function watch(
	video: HTMLVideoElement,
	found: (text: string) => void,
	ended: AbortSignal
): Promise<void> {
	const read = await reader();
	while (!ended.aborted) {
		const text = video.readyState >= video.HAVE_CURRENT_DATA ? await read(video).catch(() => null) : null;
		// Ended meanwhile: nobody is looking any more.
		if (text && !isOver(ended)) found(text);
		await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY));
	}
}

type Detector = { detect: (video: HTMLVideoElement) => Promise<{ rawValue: string }[]> };
type DetectorClass = {
	new (options: { formats: string[] }): Detector;
	getSupportedFormats: () => Promise<string[]>;
};

/** The browser's own reader where it has one: it is quicker and sees crooked codes. */
async function reader(): Promise<Reader> {
	const { BarcodeDetector: Own } = globalThis as unknown as { BarcodeDetector?: DetectorClass };
	if (Own && (await Own.getSupportedFormats()).includes('qr_code')) {
		const detector = new Own({ formats: ['qr_code'] });
		return async (video) => (await detector.detect(video))[0]?.rawValue ?? null;
	}
	const { readPixels } = await import('./picture');
	const canvas = document.createElement('canvas');
	const context = canvas.getContext('2d', { willReadFrequently: true });
	return (video) => {
		const scale = Math.min(1, LONGEST_SIDE / Math.max(video.videoWidth, video.videoHeight, 1));
		canvas.width = Math.round(video.videoWidth * scale);
		canvas.height = Math.round(video.videoHeight * scale);
		if (!context || canvas.width === 0) return Promise.resolve(null);
		context.drawImage(video, 0, 0, canvas.width, canvas.height);
		return Promise.resolve(readPixels(context.getImageData(0, 0, canvas.width, canvas.height)));
	};
}

// Asked anew after each wait, which the type checker does not see.
const isOver = (ended: AbortSignal): boolean => ended.aborted;
