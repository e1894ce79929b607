// The layout of the memory. src/table/scan/wasmScanner.ts reads it from the exported globals.

/** The same as `inputCapacity` and `longestNeedle` in ../scanner.ts. */
const inputCapacity: i32 = 1 << 20;
const longestNeedle: i32 = 1 << 16;

/** Blocks are read completely, even if the input ends within them. */
const slack: i32 = 128;

/** How many numbers fit into `output`: a multiple of those per match. */
export const outputCapacity: i32 = 12288;

export const input: usize = memory.data(inputCapacity + longestNeedle + slack, 64);
export const needle: usize = memory.data(longestNeedle + slack, 64);
export const output: usize = memory.data(outputCapacity * 4, 64);

/** The input and output of each call, see `Exchange`. */
export const exchange: usize = memory.data(32, 16);

@unmanaged
export class Exchange {
  mode: u32;
  depth: u32;
  column: u32;
  ended: u32;
  /** -1 for none. */
  lastStart: i32;
  at: u32;
  skip: u32;
}
