// @ts-check

// A terminal that was closed must not take the server with it.
process.stdout.on('error', () => {});

/** @param {string} line */
export const say = (line) => void process.stdout.write(`${line}\n`);

/** For the few words somebody looks for; plain where the output is no terminal. @param {string} text */
export const bold = (text) =>
	process.stdout.isTTY && !process.env.NO_COLOR ? `\u001b[1m${text}\u001b[22m` : text;
