/** A file is sealed in parts of this size: with age's header and its place in front, one stays under the server's 1 MiB. */
export const PART_BYTES = 960 * 1024;
