/** Whether somebody is told to install Heed on this device. */
import { device } from './here';

const HOUR = 3_600_000;

/** The advice was read, or the offer was not wanted. */
export const isRead = async (): Promise<boolean> => (await device.get('advised')) !== null;

export const readAdvice = (): Promise<void> => device.set('advised', true);

/** Somebody opens Heed here for the second time at least: the first was more than an hour ago. */
export const isBack = async (): Promise<boolean> =>
	Date.now() - (await device.setOnce('since', Date.now())) > HOUR;
