/** The microphone, for as long as something is recorded. */
import { VOICE_SECONDS_MAX } from '$lib/domain/alert';
import { fail, ok, type Result } from '$lib/domain/result';

export type Recording = {
	/** Ends it; what was said until then comes out of `recorded`. */
	stop: () => void;
	recorded: Promise<{ sound: Blob; seconds: number }>;
};

// Opus where there is a choice; Safari has only the second.
const FORMATS = ['audio/webm;codecs=opus', 'audio/mp4'];
/** Bits a second: speech is clear, and ten minutes are 2.4 MB. */
const RATE = 32_000;

/** Asks for the microphone. `none`: there is none, or this browser cannot record. */
export async function record(): Promise<Result<Recording, { kind: 'none' | 'denied' }>> {
	const recorder = (window as Partial<typeof globalThis>).MediaRecorder;
	const mimeType = recorder && FORMATS.find((format) => recorder.isTypeSupported(format));
	if (!mimeType || !(navigator as Partial<Navigator>).mediaDevices) return fail({ kind: 'none' });
	try {
		const microphone = await navigator.mediaDevices.getUserMedia({ audio: true });
		return ok(begin(microphone, mimeType));
	} catch (error) {
		return fail({ kind: (error as Error).name === 'NotAllowedError' ? 'denied' : 'none' });
	}
}

function begin(microphone: MediaStream, mimeType: string): Recording {
	const recorder = new MediaRecorder(microphone, { mimeType, audioBitsPerSecond: RATE });
	const pieces: Blob[] = [];
	const begun = performance.now();
	const stop = (): void => {
		if (recorder.state !== 'inactive') recorder.stop();
	};
	const limit = setTimeout(stop, VOICE_SECONDS_MAX * 1_000);
	const recorded = new Promise<{ sound: Blob; seconds: number }>((resolve) => {
		recorder.ondataavailable = ({ data }) => pieces.push(data);
		// Also when the microphone is pulled out, or taken away.
		recorder.onstop = () => {
			clearTimeout(limit);
			for (const track of microphone.getTracks()) track.stop();
			const sound = new Blob(pieces, { type: mimeType });
			resolve({ sound, seconds: (performance.now() - begun) / 1_000 });
		};
	});
	recorder.start(1_000);
	return { stop, recorded };
}
