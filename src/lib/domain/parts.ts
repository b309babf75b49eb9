/**
 * A file is sealed in parts of this size, which with its header just fits a length that padding allows. Small enough that
 * little goes twice when a bad line breaks, and that no proxy in front of the server finds one too large; the server takes
 * up to 1 MiB. What was cut otherwise by an earlier version opens all the same: each part says how many there are.
 */
export const PART_BYTES = 134 * 1024;
