// @ts-check

/** Something the operator can mend. The message is one sentence and says what to do; no stack is shown. */
export class Fault extends Error {
	/** @override */
	name = 'Fault';
}
