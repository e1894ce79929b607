import { longestNeedle, type Needle, numbersPerMatch } from "./scanner.ts";

/** @throws RangeError if the needle is empty or too long, or if there is no room for a match */
export function requireUsable(needle: Needle, found: Uint32Array): void {
  const { length } = needle.bytes;
  if (length === 0 || length > longestNeedle) throw new RangeError(`A needle of ${length} bytes.`);
  if (found.length < numbersPerMatch) throw new RangeError("No room for a match.");
}
