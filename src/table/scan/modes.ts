/**
 * `ScanState.mode` of both scanners. AssemblyScript compiles this file, too, so it holds numbers only.
 * 0 is the beginning of a row, in delimited text as in a JSON array.
 */
export const fieldStart = 0;
export const inField = 1;
export const inQuotes = 2;
/** The quote before may have closed the field, or be the first of two that stand for one. */
export const afterQuote = 3;

export const outsideString = 0;
export const inString = 1;
export const afterBackslash = 2;
/** The bracket that closes the array was passed. */
export const behindArray = 3;
