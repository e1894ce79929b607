// The memory of fields.ts and members.ts, and how values are copied in it. src/table/scan/fieldScanner.ts reads its layout from the exported globals.

/** The same as in ../fieldScanner.ts. */
const inputCapacity: i32 = 1 << 20;
/** How many fields fit into `fields`, each with its first position and the one after its last. */
export const fieldCapacity: i32 = 1 << 17;

/** Blocks are read and written completely, even if the text ends within them. */
const slack: i32 = 128;

export const input: usize = memory.data(inputCapacity + slack, 64);
export const fields: usize = memory.data(fieldCapacity * 8, 64);
/** The wanted columns, in increasing order, and one that no row has. */
export const wanted: usize = memory.data((fieldCapacity + 1) * 4, 64);
/** The wanted keys of JSON objects: the bytes of all keys, and where each begins, with the end of the last one. */
export const nameCapacity: i32 = 1 << 16;
export const names: usize = memory.data(nameCapacity + slack, 64);
/** The values of one column: the length of each in four bytes, and its bytes. */
export const values: usize = memory.data(inputCapacity + fieldCapacity * 4 + slack, 64);
/** One bit per row: whether the column has a value there. */
export const present: usize = memory.data(fieldCapacity / 8, 64);

/** Returns the position after the copy. Can write up to 15 bytes more, which the next value overwrites. */
export function copy(from: usize, end: usize, to: usize): usize {
  const after = to + (end - from);
  while (from < end) {
    v128.store(to, v128.load(from));
    from += 16;
    to += 16;
  }
  return after;
}
