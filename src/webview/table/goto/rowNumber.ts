/** A row number as people write it, 1-based, with or without separators. Undefined for anything else. */
export function parseRowNumber(text: string): number | undefined {
  const digits = text.replaceAll(/[\s.,'’_\u00a0\u202f]/g, "");
  if (!/^\d{1,15}$/.test(digits)) return undefined;
  return Number(digits);
}
