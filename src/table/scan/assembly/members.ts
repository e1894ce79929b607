// Some members of JSON objects, as in ../fieldScanner.ts. First `divideObjects`, then `gatherMembers` for each key.
// Anything that needs more than copying and decoding a value is left to the caller: text that isn't JSON, records that
// are no objects, keys with escapes, and deep nesting.
import { copy, fields, input, names, present, values, wanted } from "./fieldMemory";

/** Instead of the first position of a value. */
const missing: u32 = 0xffffffff;
const isNull: u32 = 0xfffffffe;
/** Added to the position after the last one. */
const hasEscapes: u32 = 1 << 30;
const hasSpaces: u32 = 1 << 31;
const positionBits: u32 = hasEscapes - 1;

const quote: u8 = 0x22;
const backslash: u8 = 0x5c;
const comma: u8 = 0x2c;
const openBrace: u8 = 0x7b;
const closeBrace: u8 = 0x7d;
const openBracket: u8 = 0x5b;
const closeBracket: u8 = 0x5d;
const recordSeparator: u8 = 0x1e;
const deepest: u32 = 64;

/** What ends a record: a newline, a comma, or nothing but its own bracket. */
let endByte: i32 = -1;
/** A line can't continue after this. -1 if it can. */
let lineEnd: i32 = -1;
let columns: u32 = 0;
/** The column after the one that was found last is probably the next one. */
let likely: u32 = 0;

let at: usize = 0;
let end: usize = 0;
let sawEscape: bool = false;
let sawSpace: bool = false;

export let objectsEnd: u32 = 0;
/** Whether the record at `objectsEnd` is complete, but not one that can be copied. */
export let isUnusual: bool = false;
export let missingMembers: u32 = 0;

/** @param newline -1 if records are not on lines; `isArray`: whether commas are between them */
export function setRecords(newline: i32, isArray: bool, count: u32): void {
  lineEnd = newline;
  endByte = newline >= 0 ? newline : isArray ? comma : -1;
  columns = count;
  likely = 0;
}

/** Finds the wanted members of the objects that end before `to`. Like `divide` for delimited rows. */
export function divideObjects(to: u32, mostRows: u32): u32 {
  at = input;
  end = input + to;
  objectsEnd = 0;
  isUnusual = false;
  let rows: u32 = 0;
  while (rows < mostRows) {
    if (!passRecord(fields + <usize>rows * ((<usize>columns) << 3))) {
      isUnusual = at < end;
      break;
    }
    objectsEnd = <u32>(at - input);
    rows++;
  }
  return rows;
}

function passRecord(field: usize): bool {
  for (let index: u32 = 0; index < columns; index++) store<u32>(field + ((<usize>index) << 3), missing);
  passBefore();
  if (!passByte(openBrace)) return false;
  passSpaces();
  if (at < end && load<u8>(at) == closeBrace) at++;
  else if (!passMembers(field)) return false;
  if (endByte < 0) return true;
  passSpaces();
  return passByte(<u8>endByte);
}

/** What can be before a record: blank lines, and what separates records that follow one another. */
function passBefore(): void {
  for (; at < end; at++) {
    const byte = load<u8>(at);
    if (isSpace(byte) || <i32>byte == lineEnd) continue;
    if (endByte < 0 && (byte == comma || byte == recordSeparator)) continue;
    return;
  }
}

function passMembers(field: usize): bool {
  while (true) {
    const key = at + 1;
    sawEscape = false;
    if (!passKey(key)) return false;
    sawEscape = false;
    sawSpace = false;
    const start = at;
    if (!passValue()) return false;
    if (keyColumn < columns) storeMember(field + ((<usize>keyColumn) << 3), start);
    passSpaces();
    if (at >= end) return false;
    const byte = load<u8>(at++);
    if (byte == closeBrace) return true;
    if (byte != comma) {
      at--;
      return false;
    }
    passSpaces();
  }
}

/** The wanted column of the last key; `columns` if it isn't wanted. */
let keyColumn: u32 = 0;

/** Passes a key of the record itself, and the colon after it. */
function passKey(key: usize): bool {
  if (at >= end || load<u8>(at) != quote || !passString()) return false;
  if (sawEscape) {
    // It may be a wanted one. What is before `end` is unusual, not cut.
    at = key;
    return false;
  }
  keyColumn = columnOf(key, <u32>(at - 1 - key));
  return passColon();
}

function passColon(): bool {
  passSpaces();
  if (!passByte(0x3a)) return false;
  passSpaces();
  return at < end;
}

function columnOf(key: usize, length: u32): u32 {
  for (let tried: u32 = 0; tried < columns; tried++) {
    const column = likely;
    likely = likely + 1 < columns ? likely + 1 : 0;
    const place = wanted + ((<usize>column) << 2);
    const from = load<u32>(place);
    if (load<u32>(place, 4) - from == length && isSame(key, names + <usize>from, length)) return column;
  }
  return columns;
}

function isSame(one: usize, other: usize, length: u32): bool {
  for (let index: usize = 0; index < <usize>length; index++) {
    if (load<u8>(one + index) != load<u8>(other + index)) return false;
  }
  return true;
}

/** Of two members with the same key, the first one counts. */
function storeMember(field: usize, start: usize): void {
  if (load<u32>(field) != missing) return;
  const first = load<u8>(start);
  if (first == 0x6e) {
    store<u32>(field, isNull);
  } else if (first == quote) {
    store<u32>(field, <u32>(start + 1 - input));
    store<u32>(field, (<u32>(at - 1 - input)) | (sawEscape ? hasEscapes : 0), 4);
  } else {
    store<u32>(field, <u32>(start - input));
    store<u32>(field, (<u32>(at - input)) | (sawSpace ? hasSpaces : 0), 4);
  }
}

/** Passes a value of any kind. Returns false if it isn't JSON, is too deep, or is cut. */
function passValue(): bool {
  let depth: u32 = 0;
  /** One bit per level, the innermost one lowest: whether it is an object. */
  let objects: u64 = 0;
  while (true) {
    if (at >= end) return false;
    const byte = load<u8>(at);
    if (byte == quote) {
      if (!passString()) return false;
    } else if (byte == openBrace || byte == openBracket) {
      const isObject = byte == openBrace;
      at++;
      passSpaces();
      if (at >= end) return false;
      if (load<u8>(at) == (isObject ? closeBrace : closeBracket)) at++;
      else {
        if (++depth == deepest) return false;
        objects = (objects << 1) | u64(isObject);
        if (isObject && !passNestedKey()) return false;
        continue;
      }
    } else if (!passScalar(byte)) return false;
    while (true) {
      if (depth == 0) return true;
      passSpaces();
      if (at >= end) return false;
      const isObject = (objects & 1) != 0;
      const next = load<u8>(at);
      if (next == comma) {
        at++;
        passSpaces();
        if (isObject && !passNestedKey()) return false;
        break;
      }
      if (next != (isObject ? closeBrace : closeBracket)) return false;
      at++;
      depth--;
      objects >>= 1;
    }
  }
}

function passNestedKey(): bool {
  return at < end && load<u8>(at) == quote && passString() && passColon();
}

/** Passes a string with its quotes. */
function passString(): bool {
  at++;
  while (at < end) {
    const bytes = v128.load(at);
    const ends = v128.or(i8x16.eq(bytes, i8x16.splat(quote)), i8x16.eq(bytes, i8x16.splat(backslash)));
    const found = <u32>i8x16.bitmask(v128.or(ends, i8x16.lt_u(bytes, i8x16.splat(0x20))));
    if (found == 0) {
      at += 16;
      continue;
    }
    at += <usize>ctz(found);
    if (at >= end) return false;
    const byte = load<u8>(at);
    if (byte == quote) {
      at++;
      return true;
    }
    if (byte != backslash) return false;
    sawEscape = true;
    if (!passEscape()) return false;
  }
  return false;
}

function passEscape(): bool {
  if (at + 6 > end) {
    at = end;
    return false;
  }
  const byte = load<u8>(at, 1);
  if (byte == 0x75) {
    for (let digit: usize = 2; digit < 6; digit++) {
      if (hexOf(load<u8>(at + digit)) > 15) return false;
    }
    at += 6;
    return true;
  }
  if (unescaped(byte) == 0) return false;
  at += 2;
  return true;
}

/** Passes a number, true, false or null. */
function passScalar(first: u8): bool {
  if (at + 5 > end) {
    at = end;
    return false;
  }
  const word = load<u32>(at);
  if (word == 0x65757274 || word == 0x6c6c756e) {
    at += 4;
    return true;
  }
  if (word == 0x736c6166 && load<u8>(at, 4) == 0x65) {
    at += 5;
    return true;
  }
  return passNumber(first);
}

function passNumber(first: u8): bool {
  if (first == 0x2d) at++;
  if (at < end && load<u8>(at) == 0x30) at++;
  else if (!passDigits()) return false;
  if (at < end && load<u8>(at) == 0x2e) {
    at++;
    if (!passDigits()) return false;
  }
  if (at < end && (load<u8>(at) | 0x20) == 0x65) {
    at++;
    if (at < end && (load<u8>(at) == 0x2b || load<u8>(at) == 0x2d)) at++;
    return passDigits();
  }
  return true;
}

/** At least one. */
function passDigits(): bool {
  const from = at;
  while (at < end && load<u8>(at) - 0x30 < 10) at++;
  return at > from;
}

function passByte(wantedByte: u8): bool {
  if (at >= end || load<u8>(at) != wantedByte) return false;
  at++;
  return true;
}

/** A newline ends a record on a line, so it isn't passed. */
function passSpaces(): void {
  while (at < end) {
    const byte = load<u8>(at);
    if (!isSpace(byte) || <i32>byte == lineEnd) return;
    sawSpace = true;
    at++;
  }
}

function isSpace(byte: u8): bool {
  return byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09;
}

/** The character that a backslash and another character stand for; 0 if there is none. */
function unescaped(byte: u8): u8 {
  if (byte == quote || byte == backslash || byte == 0x2f) return byte;
  if (byte == 0x62) return 0x08;
  if (byte == 0x66) return 0x0c;
  if (byte == 0x6e) return 0x0a;
  if (byte == 0x72) return 0x0d;
  return byte == 0x74 ? 0x09 : 0;
}

/** More than 15 if it is no digit. */
function hexOf(byte: u8): u32 {
  if (byte - 0x30 < 10) return <u32>byte - 0x30;
  const lower = byte | 0x20;
  return lower - 0x61 < 6 ? <u32>lower - 0x61 + 10 : 16;
}

/** Like `gather` for delimited rows. */
export function gatherMembers(index: u32, rows: u32): u32 {
  let field = fields + ((<usize>index) << 3);
  const step = (<usize>columns) << 3;
  let value = values;
  let bits: u32 = 0;
  missingMembers = 0;
  for (let row: u32 = 0; row < rows; row++, field += step) {
    const from = load<u32>(field);
    if (from >= isNull) missingMembers++;
    else {
      bits |= (<u32>1) << (row & 7);
      const flagged = load<u32>(field, 4);
      const after = copyMember(input + <usize>from, flagged, value + 4);
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

function copyMember(from: usize, flagged: u32, to: usize): usize {
  const last = input + <usize>(flagged & positionBits);
  if ((flagged & hasEscapes) != 0) return copyDecoded(from, last, to);
  if ((flagged & hasSpaces) != 0) return copyCompact(from, last, to);
  return copy(from, last, to);
}

function copyDecoded(from: usize, last: usize, to: usize): usize {
  while (from < last) {
    const byte = load<u8>(from);
    if (byte != backslash) {
      store<u8>(to++, byte);
      from++;
    } else if (load<u8>(from, 1) != 0x75) {
      store<u8>(to++, unescaped(load<u8>(from, 1)));
      from += 2;
    } else {
      let code = codeAt(from + 2);
      from += 6;
      if ((code & 0xfc00) == 0xd800 && from + 6 <= last && load<u16>(from) == 0x755c) {
        const low = codeAt(from + 2);
        if ((low & 0xfc00) == 0xdc00) {
          code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
          from += 6;
        }
      }
      // Half of a character is none in UTF-8.
      to = storeUtf8((code & 0xfffff800) == 0xd800 ? 0xfffd : code, to);
    }
  }
  return to;
}

function codeAt(digits: usize): u32 {
  let code: u32 = 0;
  for (let index: usize = 0; index < 4; index++) code = (code << 4) | hexOf(load<u8>(digits + index));
  return code;
}

function storeUtf8(code: u32, to: usize): usize {
  if (code < 0x80) {
    store<u8>(to, <u8>code);
    return to + 1;
  }
  if (code < 0x800) {
    store<u8>(to, <u8>(0xc0 | (code >> 6)));
    store<u8>(to, <u8>(0x80 | (code & 0x3f)), 1);
    return to + 2;
  }
  if (code < 0x10000) {
    store<u8>(to, <u8>(0xe0 | (code >> 12)));
    store<u8>(to, <u8>(0x80 | ((code >> 6) & 0x3f)), 1);
    store<u8>(to, <u8>(0x80 | (code & 0x3f)), 2);
    return to + 3;
  }
  store<u8>(to, <u8>(0xf0 | (code >> 18)));
  store<u8>(to, <u8>(0x80 | ((code >> 12) & 0x3f)), 1);
  store<u8>(to, <u8>(0x80 | ((code >> 6) & 0x3f)), 2);
  store<u8>(to, <u8>(0x80 | (code & 0x3f)), 3);
  return to + 4;
}

/** Without the white space between tokens. */
function copyCompact(from: usize, last: usize, to: usize): usize {
  let isInside = false;
  while (from < last) {
    const byte = load<u8>(from++);
    if (isInside) {
      if (byte == backslash) {
        store<u8>(to++, byte);
        store<u8>(to++, load<u8>(from++));
        continue;
      }
      if (byte == quote) isInside = false;
    } else if (byte == quote) isInside = true;
    else if (isSpace(byte)) continue;
    store<u8>(to++, byte);
  }
  return to;
}
