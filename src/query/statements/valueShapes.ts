/**
 * What the texts of numbers, dates and Booleans look like, as regular expressions of the engine (RE2). They have the same
 * idea of a number and a date as the grid (`src/table/cells/columnTypes.ts`), and also know decimal commas and the dates
 * of some countries, because here the whole column is looked at.
 */

/** How exports write a missing value. */
export const missing = String.raw`^\s*(?i:null|\\N)?\s*$`;

/** Without leading zeros: `007` is an ID. */
const wholePart = String.raw`(?:0|[1-9]\d*)`;

export const number = {
  plain: String.raw`^\s*[+-]?(?:${wholePart}(?:\.\d*)?|\.\d+)\s*$`,
  exponent: String.raw`^\s*[+-]?(?:${wholePart}(?:\.\d*)?|\.\d+)[eE][+-]?\d+\s*$`,
  /** `1234,56` and `1.234,56`. */
  comma: String.raw`^\s*[+-]?(?:(?:${wholePart}|[1-9]\d{0,2}(?:\.\d{3})+)(?:,\d*)?|,\d+)\s*$`,
  /** Can also be a whole number with a separator for thousands, as in `1,234`. */
  ambiguousComma: String.raw`^\s*[+-]?[1-9]\d{0,2},\d{3}\s*$`,
};

const isoDay = String.raw`\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])`;
/** The engine counts microseconds, so more digits would be lost. */
const isoTime = String.raw`(?:[01]\d|2[0-4]):[0-5]\d(?::[0-5]\d(?:[.,]\d{1,6})?)?`;

export const isoDate = {
  local: String.raw`^\s*${isoDay}(?:[Tt ]${isoTime})?\s*$`,
  withZone: String.raw`^\s*${isoDay}[Tt ]${isoTime} ?(?:[zZ]|[+-]\d\d(?::?\d\d)?)\s*$`,
};

export const boolean = String.raw`^\s*(?i:true|false)\s*$`;

/** Orders of day, month and year, each with the times that can follow. All values of a column must have the same. */
export const dateFormats = ["%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y"].flatMap((day) => {
  const shape = String.raw`\d{1,2}${day.includes("/") ? "/" : String.raw`\.`}`.repeat(2);
  return [
    { format: day, shape: String.raw`^\s*${shape}\d{4}\s*$` },
    { format: `${day} %H:%M`, shape: String.raw`^\s*${shape}\d{4} \d{1,2}:\d\d\s*$` },
    { format: `${day} %H:%M:%S`, shape: String.raw`^\s*${shape}\d{4} \d{1,2}:\d\d:\d\d\s*$` },
  ];
});
