/**
 * That something was kept on this device, said outside of IndexedDB: neither what nor whose. A browser that has deleted
 * the databases may have left it. Safari deletes both forms after seven days without a visit, as it does the databases;
 * only a cookie that the server sets would outlast that. The server does not set it yet.
 */
const NAME = 'heed_kept';
const LONGEST = 400 * 86_400;

export function mark(): void {
	localStorage.setItem(NAME, '1');
	setCookie('1', LONGEST);
}

export function unmark(): void {
	localStorage.removeItem(NAME);
	setCookie('', 0);
}

export function isMarked(): boolean {
	return localStorage.getItem(NAME) !== null || document.cookie.split('; ').includes(`${NAME}=1`);
}

/** `seconds` that the browser may keep it; 400 days is the most that browsers allow. */
function setCookie(value: string, seconds: number): void {
	const secure = location.protocol === 'https:' ? '; Secure' : '';
	document.cookie = `${NAME}=${value}; Path=/; Max-Age=${seconds}; SameSite=Strict${secure}`;
}
