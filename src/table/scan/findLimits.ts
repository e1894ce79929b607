import { longestNeedle, mostPositions, type Needle, numbersPerMatch } from "./scanner.ts";

/** @throws RangeError if the needle is empty or too long, or if there is no room for a match */
export function requireUsable(needle: Needle, found: Uint32Array): void {
  requireUsableNeedle(needle);
  if (found.length < numbersPerMatch) throw new RangeError("No room for a match.");
}

/** @throws RangeError if the needle is empty or too long, or if there is room for too many positions */
export function requireCountable(needle: Needle, positions: Uint32Array): void {
  requireUsableNeedle(needle);
  if (positions.length > mostPositions) throw new RangeError(`Room for ${positions.length} positions.`);
}

function requireUsableNeedle({ bytes: { length } }: Needle): void {
  if (length === 0 || length > longestNeedle) throw new RangeError(`A needle of ${length} bytes.`);
}
