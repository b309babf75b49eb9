/** An archive of stored entries, as far as a reader of names looks at it. */
export function zip(entries: readonly (readonly [name: string, content: string])[]): Uint8Array<ArrayBuffer> {
	const files: Buffer[] = [];
	const directory: Buffer[] = [];
	let at = 0;
	for (const [name, content] of entries) {
		const [title, data] = [Buffer.from(name), Buffer.from(content)];
		const head = Buffer.alloc(30);
		head.writeUInt32LE(0x04034b50);
		head.writeUInt32LE(data.length, 18);
		head.writeUInt32LE(data.length, 22);
		head.writeUInt16LE(title.length, 26);
		files.push(head, title, data);
		const line = Buffer.alloc(46);
		line.writeUInt32LE(0x02014b50);
		line.writeUInt32LE(data.length, 20);
		line.writeUInt32LE(data.length, 24);
		line.writeUInt16LE(title.length, 28);
		line.writeUInt32LE(at, 42);
		directory.push(line, title);
		at += head.length + title.length + data.length;
	}
	const end = Buffer.alloc(22);
	end.writeUInt32LE(0x06054b50);
	end.writeUInt16LE(entries.length, 8);
	end.writeUInt16LE(entries.length, 10);
	end.writeUInt32LE(Buffer.concat(directory).length, 12);
	end.writeUInt32LE(at, 16);
	return new Uint8Array(Buffer.concat([...files, ...directory, end]));
}
