// Finds where a needle's first and last byte are at the right distance.
import { bitsOf } from "./blocks";

let first: v128 = i8x16.splat(0);
let last: v128 = i8x16.splat(0);
/** The bit that distinguishes upper from lower case, if the case is ignored. */
let firstFold: v128 = i8x16.splat(0);
let lastFold: v128 = i8x16.splat(0);
let distance: usize = 0;

export function setEnds(firstByte: u8, lastByte: u8, needleLength: usize, foldsCase: bool): void {
  first = i8x16.splat(firstByte);
  last = i8x16.splat(lastByte);
  firstFold = i8x16.splat(foldsCase && isLetter(firstByte) ? 0x20 : 0);
  lastFold = i8x16.splat(foldsCase && isLetter(lastByte) ? 0x20 : 0);
  distance = needleLength - 1;
}

function isLetter(byte: u8): bool {
  return byte >= 0x61 && byte <= 0x7a;
}

function candidatesAt(block: usize): v128 {
  const here = i8x16.eq(v128.or(v128.load(block), firstFold), first);
  const there = i8x16.eq(v128.or(v128.load(block + distance), lastFold), last);
  return v128.and(here, there);
}

export function candidatesIn(block: usize): u64 {
  const a = candidatesAt(block);
  const b = candidatesAt(block + 16);
  const c = candidatesAt(block + 32);
  const d = candidatesAt(block + 48);
  return v128.any_true(v128.or(v128.or(a, b), v128.or(c, d))) ? bitsOf(a, b, c, d) : 0;
}
