import type { Attachment } from 'svelte/attachments';

/** Lets a text field grow with its text where CSS alone (`field-sizing`) does not. */
export const autosize: Attachment<HTMLTextAreaElement> = (field) => {
	if (CSS.supports('field-sizing', 'content')) return;
	const grow = (): void => {
		field.style.blockSize = 'auto';
		field.style.blockSize = `${field.scrollHeight + 2}px`;
	};
	grow();
	field.addEventListener('input', grow);
	return () => field.removeEventListener('input', grow);
};
