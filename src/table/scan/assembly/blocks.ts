// Blocks of up to 64 bytes, and which of their bytes end a row. Bit i of a mask is for byte i.
import {
  afterAll,
  afterArray,
  afterBackslash,
  afterEscape,
  afterQuote,
  fieldStart,
  inField,
  inQuotes,
  inString,
  outsideString,
} from "../modes";

export const blockSize: u32 = 64;

/** Outside of quotes. The previous byte says whether a field starts here. */
const outsideQuotes: u32 = 4;

export let mode: u32 = 0;
export let depth: u32 = 0;

export let isJson: bool = false;
let delimiterByte: u8 = 0;
let newlineByte: u8 = 0;
let quoteByte: u8 = 0;
let delimiters: v128 = i8x16.splat(0);
let newlines: v128 = i8x16.splat(0);
let quotes: v128 = i8x16.splat(0);
/** All zeros if there are no quotes. */
let quoting: v128 = i8x16.splat(0);

/** Options of the grammar. */
let escapes: bool = false;
let skipsSpaces: bool = false;
let skipsBlank: bool = false;
let reopens: bool = false;
let isValues: bool = false;
/** Whether the grammar is not the usual one: delimited text without options. */
let isSpecial: bool = false;

export function setGrammar(delimiter: i32, quote: i32, newline: i32, flags: i32): void {
  escapes = (flags & 1) != 0;
  skipsSpaces = (flags & 2) != 0;
  skipsBlank = (flags & 4) != 0;
  reopens = (flags & 8) != 0;
  isValues = (flags & 16) != 0;
  quoteByte = <u8>quote;
  isJson = delimiter < 0;
  isSpecial = isJson || flags != 0;
  delimiterByte = <u8>delimiter;
  newlineByte = <u8>newline;
  delimiters = i8x16.splat(<u8>delimiter);
  newlines = i8x16.splat(<u8>newline);
  quotes = i8x16.splat(<u8>quote);
  quoting = i8x16.splat(quote < 0 ? 0 : -1);
}

export function setMode(newMode: u32, newDepth: u32): void {
  mode = newMode;
  depth = newDepth;
}

/** The mode as returned to the caller. `at` is the current position of the scan. */
export function resolveMode(at: usize): u32 {
  if (mode == outsideQuotes) {
    const before = load<u8>(at - 1);
    mode = before == delimiterByte || before == newlineByte ? fieldStart : inField;
  }
  return mode;
}

/** The bits of the first `length` bytes, 1 to 64. */
export function firstBits(length: u32): u64 {
  return ~(<u64>0) >> (64 - length);
}

export function bitsOf(a: v128, b: v128, c: v128, d: v128): u64 {
  return (
    (<u64>i8x16.bitmask(a)) |
    ((<u64>i8x16.bitmask(b)) << 16) |
    ((<u64>i8x16.bitmask(c)) << 32) |
    ((<u64>i8x16.bitmask(d)) << 48)
  );
}

export function bytesLike(block: usize, bytes: v128): u64 {
  return bitsOf(
    i8x16.eq(v128.load(block), bytes),
    i8x16.eq(v128.load(block, 16), bytes),
    i8x16.eq(v128.load(block, 32), bytes),
    i8x16.eq(v128.load(block, 48), bytes),
  );
}

/** Like `bytesLike`, but ignores `bit`. */
function bytesLikeBut(block: usize, bytes: v128, bit: v128): u64 {
  return bitsOf(
    i8x16.eq(v128.or(v128.load(block), bit), bytes),
    i8x16.eq(v128.or(v128.load(block, 16), bit), bytes),
    i8x16.eq(v128.or(v128.load(block, 32), bit), bytes),
    i8x16.eq(v128.or(v128.load(block, 48), bit), bytes),
  );
}

function hasQuote(block: usize): bool {
  const low = v128.or(i8x16.eq(v128.load(block), quotes), i8x16.eq(v128.load(block, 16), quotes));
  const high = v128.or(i8x16.eq(v128.load(block, 32), quotes), i8x16.eq(v128.load(block, 48), quotes));
  return v128.any_true(v128.and(v128.or(low, high), quoting));
}

/**
 * Each bit becomes the parity of the bits up to it: 1 from an opening quote up to, but not including, the closing one.
 */
function parity(bits: u64): u64 {
  bits ^= bits << 1;
  bits ^= bits << 2;
  bits ^= bits << 4;
  bits ^= bits << 8;
  bits ^= bits << 16;
  return bits ^ (bits << 32);
}

/** The bytes that end a row. Updates `mode` and `depth`. */
export function rowEnds(block: usize, length: u32): u64 {
  if (isSpecial) return specialEnds(block, length);
  const found = bytesLike(block, newlines) & firstBits(length);
  return found & ~quotedBytes(block, length);
}

/** The delimiters outside of quotes. Updates `mode`. */
export function fieldEnds(block: usize, length: u32): u64 {
  const found = bytesLike(block, delimiters) & firstBits(length);
  return found & ~(isSpecial ? carefullyQuotedBytes(block, length) : quotedBytes(block, length));
}

/** The ends of rows for all but the usual grammar. In a function of its own, so that the usual one stays small. */
function specialEnds(block: usize, length: u32): u64 {
  if (isJson) return jsonEnds(block, length);
  if (skipsBlank) return filledLineEnds(block, length);
  const found = bytesLike(block, newlines) & firstBits(length);
  return found & ~carefullyQuotedBytes(block, length);
}

/** The newlines after lines that are not blank. */
function filledLineEnds(block: usize, length: u32): u64 {
  const first = firstBits(length);
  const newline = bytesLike(block, newlines) & first;
  const blank =
    bytesLike(block, i8x16.splat(0x20)) |
    bytesLike(block, i8x16.splat(0x09)) |
    bytesLike(block, i8x16.splat(0x0a)) |
    bytesLike(block, i8x16.splat(0x0d)) |
    newline;
  const filled = ~blank & first;
  const isFilled = mode == inField;
  const last = newline == 0 ? filled : <u64>clz(newline) == 0 ? 0 : filled >> (64 - clz(newline));
  mode = last != 0 || (newline == 0 && isFilled) ? inField : fieldStart;
  // The sum carries each filled byte up to the next newline.
  return (~newline + filled + u64(isFilled)) & newline;
}

export function quotedBytes(block: usize, length: u32): u64 {
  if (hasQuote(block)) return bytesBetweenQuotes(block, length);
  if (mode == inQuotes) return ~(<u64>0);
  mode = outsideQuotes;
  return 0;
}

/** The same with the options `escapes` and `skipsSpaces`, byte by byte where quotes or backslashes matter. */
function carefullyQuotedBytes(block: usize, length: u32): u64 {
  const before = resolveMode(block);
  if (!hasQuote(block)) {
    if (before == inQuotes && (!escapes || bytesLike(block, i8x16.splat(0x5c)) == 0)) return ~(<u64>0);
    if (before != inQuotes && before != afterEscape) {
      passOutside(block, length);
      return 0;
    }
  }
  let inside: u64 = 0;
  for (let at: u32 = 0; at < length; at++) {
    const byte = load<u8>(block + <usize>at);
    if (mode == inQuotes || mode == afterEscape) inside |= (<u64>1) << at;
    passByte(byte);
  }
  return inside;
}

/** The mode after bytes without quotes, outside of quotes. */
function passOutside(block: usize, length: u32): void {
  for (let at = length; at > 0; at--) {
    const byte = load<u8>(block + <usize>(at - 1));
    if (byte == 0x20 && skipsSpaces) continue;
    mode = byte == delimiterByte || byte == newlineByte ? fieldStart : inField;
    return;
  }
  if (mode == afterQuote) mode = inField;
}

function passByte(byte: u8): void {
  if (mode == inQuotes) {
    if (byte == quoteByte) mode = afterQuote;
    else if (byte == 0x5c && escapes) mode = afterEscape;
  } else if (mode == afterEscape) mode = inQuotes;
  else if (byte == delimiterByte || byte == newlineByte) mode = fieldStart;
  else if (byte == quoteByte && mode != inField) mode = inQuotes;
  else if (byte != 0x20 || mode != fieldStart || !skipsSpaces) mode = inField;
}

/**
 * Treats every quote as one that opens or closes, which is also right for doubled quotes. Only if a quote would open
 * neither at the beginning of a field nor after a closing quote are the quotes handled one by one.
 */
function bytesBetweenQuotes(block: usize, length: u32): u64 {
  const before = resolveMode(block);
  const quote = bytesLike(block, quotes) & firstBits(length);
  const border = bytesLike(block, delimiters) | bytesLike(block, newlines);
  const startsInside: u64 = before == inQuotes ? ~(<u64>0) : 0;
  const inside = parity(quote) ^ startsInside;
  const opening = quote & ~((inside << 1) | (startsInside & 1));
  const mayOpen = ((border | quote) << 1) | u64(before == fieldStart || before == afterQuote);
  if ((opening & ~mayOpen) != 0) return bytesBetweenStrayQuotes(quote, border, length);
  const last = (<u64>1) << (length - 1);
  mode =
    (inside & last) != 0 ? inQuotes : (quote & last) != 0 ? afterQuote : (border & last) != 0 ? fieldStart : inField;
  return inside;
}

function bytesBetweenStrayQuotes(quote: u64, border: u64, length: u32): u64 {
  const opening = quote & ((border << 1) | u64(mode == fieldStart || mode == afterQuote));
  let isInside = mode == inQuotes;
  let inside: u64 = 0;
  let closed: u32 = blockSize;
  let at: u32 = 0;
  while (at < length) {
    const ahead = ~(<u64>0) << at;
    const next = (isInside ? quote : opening) & ahead;
    if (next == 0) {
      if (isInside) inside |= ahead;
      break;
    }
    const place = <u32>ctz(next);
    if (!isInside) {
      isInside = true;
    } else if (place + 1 < length && ((quote >> (place + 1)) & 1) != 0) {
      inside |= ahead & ~(~(<u64>0) << place);
      at = place + 2;
      continue;
    } else {
      inside |= ahead & ~(~(<u64>0) << place);
      isInside = false;
      closed = place;
    }
    at = place + 1;
  }
  const last = length - 1;
  mode = isInside ? inQuotes : closed == last ? afterQuote : ((border >> last) & 1) != 0 ? fieldStart : inField;
  return inside;
}

function jsonEnds(block: usize, length: u32): u64 {
  if (isValues) return valueEnds(block, length);
  if (mode == afterAll) return 0;
  if (mode != afterArray) return elementEnds(block, length);
  if (!reopens) return 0;
  const at = passSpaces(block, 0, length);
  if (at == length) return 0;
  if (load<u8>(block + <usize>at) != 0x5b) {
    mode = afterAll;
    return 0;
  }
  mode = outsideString;
  depth = 0;
  const end = (<u64>1) << at;
  if (at + 1 == length) return end;
  return end | (elementEnds(block + <usize>(at + 1), length - at - 1) << (at + 1));
}

/** The position of the first byte that is not white space, or `length`. */
function passSpaces(block: usize, from: u32, length: u32): u32 {
  let at = from;
  while (at < length) {
    const byte = load<u8>(block + <usize>at);
    if (byte != 0x20 && byte != 0x0a && byte != 0x0d && byte != 0x09) break;
    at++;
  }
  return at;
}

/** The brackets that close JSON values which are not part of others. */
function valueEnds(block: usize, length: u32): u64 {
  const first = firstBits(length) & ~stringBytes(block, length);
  const lower = i8x16.splat(0x20);
  const opening = bytesLikeBut(block, i8x16.splat(0x7b), lower) & first;
  const closing = bytesLikeBut(block, i8x16.splat(0x7d), lower) & first;
  const deepest = <u32>popcnt(closing);
  if (depth > deepest) {
    depth += <u32>popcnt(opening) - deepest;
    return 0;
  }
  let ends: u64 = 0;
  for (let next = opening | closing; next != 0; next &= next - 1) {
    const bit = next & (~next + 1);
    if ((opening & bit) != 0) depth++;
    else if (depth > 0 && --depth == 0) ends |= bit;
  }
  return ends;
}

/** The commas between the elements of a JSON array. */
function elementEnds(block: usize, length: u32): u64 {
  const first = firstBits(length) & ~stringBytes(block, length);
  const lower = i8x16.splat(0x20);
  const opening = bytesLikeBut(block, i8x16.splat(0x7b), lower) & first;
  const closing = bytesLikeBut(block, i8x16.splat(0x7d), lower) & first;
  const deepest = <u32>popcnt(closing);
  if (depth > deepest) {
    depth += <u32>popcnt(opening) - deepest;
    return 0;
  }
  const comma = bytesLike(block, i8x16.splat(0x2c)) & first;
  let ends: u64 = 0;
  let next = depth == 0 ? opening | closing | comma : opening | closing;
  while (next != 0) {
    let bit = next & (~next + 1);
    if ((opening & bit) != 0) {
      depth++;
    } else if ((comma & bit) != 0) {
      ends |= bit;
    } else if (depth > 0) {
      depth--;
    } else if (load<u8>(block + <usize>ctz(bit)) == 0x5d) {
      const again = reopens ? passSpaces(block, <u32>ctz(bit) + 1, length) : length;
      if (again == length || load<u8>(block + <usize>again) != 0x5b) {
        mode = again == length ? afterArray : afterAll;
        return ends;
      }
      // Another array follows. Its bracket is not one of the first array's.
      bit = (<u64>1) << again;
      ends |= bit;
    }
    next = (depth == 0 ? opening | closing | comma : opening | closing) & ~((bit << 1) - 1);
  }
  return ends;
}

function stringBytes(block: usize, length: u32): u64 {
  const first = firstBits(length);
  const quote = bytesLike(block, i8x16.splat(0x22)) & first;
  const backslash = bytesLike(block, i8x16.splat(0x5c)) & first;
  if (backslash != 0 || mode == afterBackslash) return stringBytesWithEscapes(quote, backslash, length);
  const inside = parity(quote) ^ (mode == inString ? ~(<u64>0) : <u64>0);
  mode = ((inside >> (length - 1)) & 1) != 0 ? inString : outsideString;
  return inside;
}

function stringBytesWithEscapes(quote: u64, backslash: u64, length: u32): u64 {
  let isInside = mode != outsideString;
  let inside: u64 = mode == afterBackslash ? 1 : 0;
  let at: u32 = mode == afterBackslash ? 1 : 0;
  while (at < length) {
    const ahead = ~(<u64>0) << at;
    const next = (isInside ? quote | backslash : quote) & ahead;
    if (isInside) inside |= next == 0 ? ahead : ahead & ~(~(<u64>0) << ctz(next));
    if (next == 0) break;
    const place = <u32>ctz(next);
    at = place + 1;
    if (!isInside) {
      isInside = true;
    } else if (((quote >> place) & 1) != 0) {
      isInside = false;
    } else {
      inside |= (<u64>3) << place;
      at++;
    }
  }
  mode = at > length ? afterBackslash : isInside ? inString : outsideString;
  return inside;
}
