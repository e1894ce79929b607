// The index of a field in its row is only counted when needed: a cursor follows behind the scan.
import { blockSize, fieldEnds, mode, resolveMode, setMode } from "./blocks";
import { fieldStart } from "../modes";

let at: usize = 0;
let atMode: u32 = 0;
let column: u32 = 0;

export function beginColumns(position: usize, positionMode: u32, positionColumn: u32): void {
  at = position;
  atMode = positionMode;
  column = positionColumn;
}

/**
 * How many delimiters are before `position` in its row, which began at `rowStart`, or before the stretch if that is 0.
 */
export function columnAt(position: usize, rowStart: usize): u32 {
  if (rowStart > at) {
    at = rowStart;
    atMode = fieldStart;
    column = 0;
  }
  const scanMode = mode;
  setMode(atMode, 0);
  while (at < position) {
    const length = <u32>min<usize>(blockSize, position - at);
    column += <u32>popcnt(fieldEnds(at, length));
    at += length;
  }
  atMode = resolveMode(at);
  setMode(scanMode, 0);
  return column;
}
