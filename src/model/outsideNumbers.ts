/** The first and the last moment that every format of a date can show: in the years 1 and 9999. */
const firstMoment = Date.parse("0001-01-01T00:00:00Z");
const lastMoment = Date.parse("9999-12-31T23:59:59.999Z");
/** Nobody waits longer, and nothing that expires lasts longer. In milliseconds. */
export const longestSpanMs = 365 * 86_400_000;

/**
 * A number from outside if it is within its bounds, otherwise undefined. Headers, URLs and JSON can contain numbers that
 * are infinite, or too large to be exact, to be counted with, or to be shown.
 */
function within(value: number, least: number, most: number): number | undefined {
  return value >= least && value <= most ? value : undefined;
}

/** A count or a size in decimal digits. Undefined for any other text, and if it is too large to be exact. */
export function wholeNumberOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+$/.test(text) ? within(Number(text), 0, Number.MAX_SAFE_INTEGER) : undefined;
}

/** A date and time in milliseconds since 1970. Undefined for any other text, and for a year that no calendar shows. */
export function momentOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : momentAt(Date.parse(text));
}

/** The same for milliseconds since 1970 that were calculated from something outside. */
export function momentAt(milliseconds: number): number | undefined {
  return within(milliseconds, firstMoment, lastMoment);
}

/** A time span in milliseconds, shortened to a year. */
export function spanOf(milliseconds: number): number {
  return Math.min(Math.max(0, milliseconds), longestSpanMs);
}
