/**
 * In a browser's tab on an iPhone or iPad, where what a page keeps is deleted after seven days without a visit, and does
 * not come along when Heed is put on the home screen later. An iPad calls itself a Macintosh, but has a touch screen.
 */
export function isTabOnIos(browser: {
	userAgent: string;
	maxTouchPoints: number;
	standalone?: unknown;
}): boolean {
	const isPhone = /iPhone|iPad|iPod/.test(browser.userAgent);
	const isTablet = browser.userAgent.includes('Macintosh') && browser.maxTouchPoints > 1;
	return browser.standalone === false && (isPhone || isTablet);
}
