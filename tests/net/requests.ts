export type Heard = {
	begins: (method: string, path: string, length: number) => void;
	/** So many more bytes of the request that began last. */
	carries: (bytes: number) => void;
	ends: () => void;
};

/** Hears where requests begin and end in what a client of HTTP/1.1 sends: those whose bodies have a stated length. */
export function hearRequests({ begins, carries, ends }: Heard): (bytes: Buffer) => void {
	let head = '';
	let left = 0;
	const carry = (bytes: number): void => {
		left -= bytes;
		carries(bytes);
		if (left === 0) ends();
	};
	return (bytes) => {
		for (let rest = bytes; rest.length > 0;) {
			if (left === 0) {
				const before = head.length;
				head += rest.toString('latin1');
				const end = head.indexOf('\r\n\r\n') + 4;
				if (end < 4) return;
				left = end + bodyOf(head);
				const [, method = '', path = ''] = /^(\S+) (\S+)/.exec(head) ?? [];
				head = '';
				begins(method, path, left);
				if (before > 0) carry(before);
			}
			const here = Math.min(left, rest.length);
			carry(here);
			rest = rest.subarray(here);
		}
	};
}

function bodyOf(head: string): number {
	if (/^transfer-encoding:/im.test(head)) throw new Error('a request of no stated length');
	return Number(/^content-length: *(\d+)/im.exec(head)?.[1] ?? 0);
}
