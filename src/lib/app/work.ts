/** The proof of work before a sign-up or sign-in. One serves a login for a day, so each tab makes it once. */
import { workApart } from '../crypto/work-apart';
import type { Facts } from '../domain/records';
import { workDay } from '../domain/work';

const made = new Map<string, Promise<string>>();

/** What goes into the header. `login` is normalised; '' when this server asks for none. */
export function workFor(login: string, { instance, work = 0 }: Facts): Promise<string> {
	const task = { instance, login, bits: work, day: workDay(Date.now()) };
	const name = JSON.stringify(task);
	const proof = made.get(name) ?? workApart(task);
	made.set(name, proof);
	proof.catch(() => made.delete(name));
	return proof;
}
