export type Act = 'next' | 'previous' | 'find' | 'write' | 'leave';

type Pressed = Pick<
	KeyboardEvent,
	'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'defaultPrevented' | 'isComposing'
> & {
	target: EventTarget | null;
};

/** What a key means in the arena. Nothing while somebody writes or chooses, but Esc, which always leads out. */
export function keyAct(event: Pressed, single: boolean, dialogOpen: boolean): Act | null {
	if (event.defaultPrevented || event.isComposing || dialogOpen) return null;
	if (event.ctrlKey || event.metaKey || event.altKey) return null;
	if (event.key === 'Escape') return 'leave';
	if (!single || isField(event.target)) return null;
	if (event.key === 'j') return 'next';
	if (event.key === 'k') return 'previous';
	if (event.key === '/') return 'find';
	return event.key === 'a' ? 'write' : null;
}

const isField = (target: EventTarget | null): boolean =>
	!!target && 'tagName' in target && /^(INPUT|SELECT|TEXTAREA)$/.test(String(target.tagName));
