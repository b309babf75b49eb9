const KEY = 'heed-single-keys';

let on = $state(localStorage.getItem(KEY) !== 'off');

/** Whether single keys act in the arena. Whoever speaks to their machine can turn it off. */
export const shortcuts = {
	get on() {
		return on;
	},
	set on(wanted: boolean) {
		on = wanted;
		localStorage.setItem(KEY, wanted ? 'on' : 'off');
	}
};
