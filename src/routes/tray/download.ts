/** Saves a file that was made here; no network is needed. */
export function download(file: File): void {
	const url = URL.createObjectURL(file);
	const link = document.createElement('a');
	link.href = url;
	link.download = file.name;
	link.click();
	// The browser may take its time to ask where to.
	setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
