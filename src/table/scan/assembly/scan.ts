// The scanner of ../scanner.ts with SIMD. Positions are those in `input`. `Exchange` has the state.
import { blockSize, depth, firstBits, isJson, mode, resolveMode, rowEnds, setGrammar, setMode } from "./blocks";
import { candidatesIn, setEnds } from "./candidates";
import { beginColumns, columnAt } from "./columns";
import { Exchange, exchange, input, needle, output, outputCapacity } from "./memory";

export { exchange, input, needle, output, outputCapacity, setGrammar };

/** The position after the last row end. */
let lastStart: usize = 0;
let ended: u32 = 0;

let needleLength: usize = 0;
let foldsCase: bool = false;
let readable: usize = 0;
let skip: usize = 0;
let found: u32 = 0;
let room: u32 = 0;

function begin(from: u32): usize {
  const state = changetype<Exchange>(exchange);
  setMode(state.mode, state.depth);
  lastStart = 0;
  ended = 0;
  const at = input + from;
  if (!isJson) beginColumns(at, state.mode, state.column);
  return at;
}

function finish(at: usize): void {
  const state = changetype<Exchange>(exchange);
  state.column = isJson ? 0 : columnAt(at, lastStart);
  state.mode = resolveMode(at);
  state.depth = depth;
  state.ended = ended;
  state.lastStart = lastStart == 0 ? -1 : <i32>(lastStart - input);
  state.at = <u32>(at - input);
  state.skip = <u32>(skip - input);
}

function passedEnds(block: usize, ends: u64): void {
  if (ends != 0) lastStart = block + 64 - <usize>clz(ends);
}

export function scan(from: u32, to: u32): void {
  let at = begin(from);
  const end = input + to;
  let rows: u32 = 0;
  let lastBlock: usize = 0;
  let lastEnds: u64 = 0;
  while (at < end) {
    const length = <u32>min<usize>(blockSize, end - at);
    const ends = rowEnds(at, length);
    rows += <u32>popcnt(ends);
    lastBlock = select<usize>(at, lastBlock, ends != 0);
    lastEnds = select<u64>(ends, lastEnds, ends != 0);
    at += length;
  }
  ended = rows;
  passedEnds(lastBlock, lastEnds);
  finish(end);
}

/** Writes at most `count` row starts to `output`, and returns how many. */
export function rowStarts(from: u32, to: u32, count: u32): u32 {
  let at = begin(from);
  const end = input + to;
  let written: u32 = 0;
  while (at < end) {
    const length = <u32>min<usize>(blockSize, end - at);
    let ends = rowEnds(at, length);
    while (ends != 0) {
      const start = at + <usize>ctz(ends) + 1;
      store<u32>(output + (written << 2), <u32>(start - input));
      written++;
      if (written == count) {
        lastStart = start;
        setMode(0, 0);
        finish(start);
        return written;
      }
      ends &= ends - 1;
      lastStart = start;
    }
    at += length;
  }
  finish(end);
  return written;
}

/**
 * Writes at most `count` matches of the needle's first `length` bytes to `output`, and returns how many. `Exchange.at`
 * is where it stopped: at `to`, or after the first byte of the match that filled `output`.
 */
export function find(from: u32, to: u32, readableTo: u32, skipTo: u32, length: u32, folds: bool, count: u32): u32 {
  let at = begin(from);
  const end = input + to;
  needleLength = length;
  foldsCase = folds;
  readable = input + readableTo;
  skip = input + skipTo;
  found = 0;
  room = count;
  setEnds(load<u8>(needle), load<u8>(needle + length - 1), length, folds);
  let rows: u32 = 0;
  let lastBlock: usize = 0;
  let lastEnds: u64 = 0;
  while (at < end) {
    const blockLength = <u32>min<usize>(blockSize, end - at);
    const modeBefore = mode;
    const depthBefore = depth;
    const ends = rowEnds(at, blockLength);
    const candidates = candidatesIn(at);
    if (candidates != 0) {
      ended = rows;
      passedEnds(lastBlock, lastEnds);
      if (writeMatches(at, candidates & firstBits(blockLength), ends)) {
        const stop = <u32>(skip - needleLength - at) + 1;
        setMode(modeBefore, depthBefore);
        const endsPassed = rowEnds(at, stop);
        ended = rows + <u32>popcnt(endsPassed);
        passedEnds(at, endsPassed);
        finish(at + stop);
        return found;
      }
    }
    rows += <u32>popcnt(ends);
    lastBlock = select<usize>(at, lastBlock, ends != 0);
    lastEnds = select<u64>(ends, lastEnds, ends != 0);
    at += blockLength;
  }
  ended = rows;
  passedEnds(lastBlock, lastEnds);
  finish(end);
  return found;
}

/**
 * Counts the occurrences of the needle's first `length` bytes, and writes the positions of the first `count` of them to
 * `output`.
 */
export function positions(from: u32, to: u32, length: u32, folds: bool, count: u32): u32 {
  if (to < from + length) return 0;
  needleLength = length;
  foldsCase = folds;
  setEnds(load<u8>(needle), load<u8>(needle + length - 1), length, folds);
  const last = input + to - length;
  let free = input + from;
  let occurrences: u32 = 0;
  for (let block = free; block <= last; block += <usize>blockSize) {
    for (let candidates = candidatesIn(block); candidates != 0; candidates &= candidates - 1) {
      const position = block + <usize>ctz(candidates);
      if (position > last) break;
      if (position < free || !isMatch(position)) continue;
      free = position + length;
      if (occurrences < count) store<u32>(output + ((<usize>occurrences) << 2), <u32>(position - input));
      occurrences++;
    }
  }
  return occurrences;
}

/** Returns whether `output` is full. */
function writeMatches(block: usize, candidates: u64, ends: u64): bool {
  while (candidates != 0) {
    const bit = candidates & (~candidates + 1);
    const position = block + <usize>ctz(candidates);
    candidates ^= bit;
    if (position < skip) continue;
    if (position + needleLength > readable) return false;
    if (!isMatch(position)) continue;
    skip = position + needleLength;
    writeMatch(position, block, ends & (bit - 1));
    if (found == room) return true;
  }
  return false;
}

function writeMatch(position: usize, block: usize, endsBefore: u64): void {
  const rowStart = endsBefore == 0 ? lastStart : block + 64 - <usize>clz(endsBefore);
  const place = output + <usize>found * 12;
  store<u32>(place, <u32>(position - input));
  store<u32>(place, ended + <u32>popcnt(endsBefore), 4);
  store<u32>(place, isJson ? 0 : columnAt(position, rowStart), 8);
  found++;
}

/** Whether all bytes match. The first and the last were already compared. */
function isMatch(position: usize): bool {
  let at: usize = 1;
  const end = needleLength - 1;
  for (; at + 16 <= end; at += 16) {
    let bytes = v128.load(position + at);
    if (foldsCase) bytes = lowerCase(bytes);
    if (v128.any_true(v128.xor(bytes, v128.load(needle + at)))) return false;
  }
  for (; at < end; at++) {
    let byte = load<u8>(position + at);
    if (foldsCase && byte >= 0x41 && byte <= 0x5a) byte |= 0x20;
    if (byte != load<u8>(needle + at)) return false;
  }
  return true;
}

function lowerCase(bytes: v128): v128 {
  const fromA = i8x16.sub(bytes, i8x16.splat(0x41));
  return v128.or(bytes, v128.and(i8x16.lt_u(fromA, i8x16.splat(26)), i8x16.splat(0x20)));
}
