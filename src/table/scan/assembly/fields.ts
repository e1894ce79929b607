// Some fields of delimited rows, as in ../fieldScanner.ts. First `divide`, then `gather` for each wanted column.
import { blockSize, bytesLike, firstBits, quotedBytes, setGrammar as setBlockGrammar, setMode } from "./blocks";
import { copy, fieldCapacity, fields, input, nameCapacity, names, present, values, wanted } from "./fieldMemory";
import { divideObjects, gatherMembers, isUnusual, missingMembers, objectsEnd, setRecords } from "./members";

export { fieldCapacity, input, nameCapacity, names, present, values, wanted };
export { divideObjects, gatherMembers, isUnusual, missingMembers, objectsEnd, setRecords };

/** The first position of a field that a row doesn't have. */
const missing: u32 = 0xffffffff;

let quoteByte: i32 = -1;
let newlineByte: u8 = 0;
let delimiters: v128 = i8x16.splat(0);
let newlines: v128 = i8x16.splat(0);
/** The other half of CR LF. At the end of a row, it is not part of the row's text. */
let otherEnd: u8 = 0;
let columns: u32 = 0;

export let lastStart: u32 = 0;
export let missingValues: u32 = 0;

/** @param count how many columns are in `wanted` */
export function setGrammar(delimiter: i32, quote: i32, newline: i32, count: u32): void {
  setBlockGrammar(delimiter, quote, newline, 0);
  quoteByte = quote;
  newlineByte = <u8>newline;
  delimiters = i8x16.splat(<u8>delimiter);
  newlines = i8x16.splat(<u8>newline);
  otherEnd = newline == 10 ? 13 : 10;
  columns = count;
}

/**
 * Finds the wanted fields of the rows that end before `to`. The first row begins at 0. Stops after `mostRows` rows.
 *
 * @returns the number of rows; `lastStart` is the position after them
 */
export function divide(to: u32, mostRows: u32): u32 {
  setMode(0, 0);
  lastStart = 0;
  const end = input + to;
  let rows: u32 = 0;
  let column: u32 = 0;
  let start = input;
  let next = wanted;
  let nextColumn = load<u32>(next);
  let field = fields;
  for (let block = input; block < end; block += <usize>blockSize) {
    const length = <u32>min<usize>(blockSize, end - block);
    const outside = ~quotedBytes(block, length) & firstBits(length);
    const ends = bytesLike(block, newlines) & outside;
    let borders = (bytesLike(block, delimiters) & outside) | ends;
    while (borders != 0) {
      const at = block + <usize>ctz(borders);
      if (column == nextColumn) {
        store<u32>(field, <u32>(start - input));
        store<u32>(field, <u32>(at - input), 4);
        field += 8;
        next += 4;
        nextColumn = load<u32>(next);
      }
      start = at + 1;
      column++;
      if (load<u8>(at) == newlineByte) {
        field = endRow(field, next, at, column - 1);
        rows++;
        lastStart = <u32>(start - input);
        if (rows == mostRows) return rows;
        column = 0;
        next = wanted;
        nextColumn = load<u32>(next);
      }
      borders &= borders - 1;
    }
  }
  return rows;
}

/** Completes the fields of a row that ends with the newline at `at`. Returns the place of the next row's fields. */
function endRow(field: usize, next: usize, at: usize, lastColumn: u32): usize {
  if (load<u8>(at - 1) == otherEnd && at > input && next > wanted && load<u32>(next - 4) == lastColumn) {
    const start = load<u32>(field - 8);
    let end = load<u32>(field - 4);
    while (end > start && load<u8>(input + <usize>end - 1) == otherEnd) end--;
    store<u32>(field - 4, end);
  }
  const rowEnd = field + (((<usize>columns) << 2) - (next - wanted)) * 2;
  for (; field < rowEnd; field += 8) store<u32>(field, missing);
  return field;
}

/**
 * Writes the values of the wanted column with an index in `wanted` to `values` and `present`, for all rows.
 *
 * @returns how many bytes were written to `values`
 */
export function gather(index: u32, rows: u32): u32 {
  let field = fields + ((<usize>index) << 3);
  const step = (<usize>columns) << 3;
  let value = values;
  let bits: u32 = 0;
  missingValues = 0;
  for (let row: u32 = 0; row < rows; row++, field += step) {
    const from = load<u32>(field);
    if (from == missing) missingValues++;
    else {
      bits |= (<u32>1) << (row & 7);
      const start = input + <usize>from;
      const end = input + <usize>load<u32>(field, 4);
      const isQuoted = start < end && <i32>load<u8>(start) == quoteByte;
      const after = isQuoted ? copyQuoted(start + 1, end, value + 4) : copy(start, end, value + 4);
      store<u32>(value, <u32>(after - value - 4));
      value = after;
    }
    if ((row & 7) == 7 || row + 1 == rows) {
      store<u8>(present + <usize>(row >> 3), <u8>bits);
      bits = 0;
    }
  }
  return <u32>(value - values);
}

/** Copies a field without the quotes around it. In it, two quotes are one. What follows the closing quote stays. */
function copyQuoted(from: usize, end: usize, to: usize): usize {
  const quotes = i8x16.splat(<u8>quoteByte);
  while (from < end) {
    const bytes = v128.load(from);
    v128.store(to, bytes);
    const found = <u32>i8x16.bitmask(i8x16.eq(bytes, quotes));
    if (found == 0) {
      from += 16;
      to += 16;
      continue;
    }
    const before = <usize>ctz(found);
    if (from + before >= end) break;
    from += before + 1;
    to += before;
    if (from >= end || <i32>load<u8>(from) != quoteByte) return copy(from, end, to);
    // The first of the two quotes was copied, too.
    from++;
    to++;
  }
  // Only a field without a closing quote ends here. Up to 15 bytes after it were copied, too.
  return to + end - from;
}
