/**
 * Runs `work` inside the transaction of the event, or inside a new one around it: what `work` saves lands together
 * with the record, or neither does. `work` calls `e.next()` itself. Which of several hooks runs first is left to chance:
 * PocketBase reads the files of hooks in no order.
 * @param {core.RecordEvent} e
 * @param {(app: core.App) => void} work
 */
function together(e, work) {
	const outer = e.app;
	if (outer.isTransactional()) return work(outer);

	try {
		outer.runInTransaction((tx) => {
			e.app = tx;
			work(tx);
		});
	} finally {
		e.app = outer;
	}
}

module.exports = { together };
