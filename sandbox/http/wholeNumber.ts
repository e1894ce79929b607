/**
 * A query value that has to be a whole number within limits. Returns the fallback if it is absent, and undefined if it
 * is invalid.
 */
export function wholeNumber(
  text: string | null,
  { least, most, fallback }: { least: number; most: number; fallback: number },
): number | undefined {
  if (text === null) return fallback;
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  return value >= least && value <= most ? value : undefined;
}
