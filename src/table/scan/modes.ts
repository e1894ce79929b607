/**
 * `ScanState.mode` of both scanners. AssemblyScript compiles this file too, so it contains only numbers. 0 is the
 * beginning of a row, in delimited text and in a JSON array.
 */
export const fieldStart = 0;
export const inField = 1;
export const inQuotes = 2;
/** The previous quote either closed the field or is the first of a doubled quote. */
export const afterQuote = 3;

/** After a backslash in quotes. 4 is used by the compiled scanner. */
export const afterEscape = 5;

export const outsideString = 0;
export const inString = 1;
export const afterBackslash = 2;
/** After the bracket that closes the array. */
export const afterArray = 3;
/** After something else than another array that follows the closing bracket. */
export const afterAll = 6;
