const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** An id as devices make them. */
const id = () => $security.randomStringWithAlphabet(15, LETTERS);

/** What opens a door without a session. */
const token = () => $security.randomStringWithAlphabet(32, LETTERS);

module.exports = { id, token };
