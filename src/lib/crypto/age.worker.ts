import { newPair, open, recipientOf, seal } from './age';

const AGE = { newPair, recipientOf, seal, open };
export type Age = typeof AGE;

type Call<N extends keyof Age> = { id: number; name: N; given: Parameters<Age[N]> };
export type Asked = { [N in keyof Age]: Call<N> }[keyof Age];
/** `failed`: age threw; that something does not open is an answer like any other. */
export type Answer = { id: number; value?: unknown; failed?: true };

self.onmessage = ({ data }: MessageEvent<Asked>) => {
	const { id } = data;
	run(data).then(
		(value) => self.postMessage({ id, value } satisfies Answer),
		() => self.postMessage({ id, failed: true } satisfies Answer)
	);
};

function run({ name, given }: Asked): Promise<unknown> {
	const act = AGE[name] as (...given: unknown[]) => Promise<unknown>;
	return act(...given);
}
