import type { RecognizedType } from "../columnTables.ts";

/** A DECIMAL of more digits takes twice the memory, and is read from text about a hundred times more slowly. */
export const fastDigits = 18;

/** The expression that makes a value of the text `text`. NULL for a text that isn't of the type. */
export function castOf(recognized: RecognizedType, text = "v"): string {
  const { type } = recognized;
  const source = recognized.decimal === "comma" ? `replace(replace(${text}, '.', ''), ',', '.')` : text;
  if (type === "TIMESTAMP") return timestampCast(recognized, text);
  if (type === "BOOLEAN") return `TRY_CAST(trim(${text}) AS BOOLEAN)`;
  if (type === "VARCHAR") return text;
  if (type === "BIGINT" || type === "DOUBLE") return `TRY_CAST(${source} AS ${type})`;
  const { digits, scale } = decimalOf(type);
  return digits <= fastDigits ? `TRY_CAST(${source} AS ${type})` : longDecimalCast(source, scale);
}

/** The digits of a DECIMAL, and how many of them are a fraction. */
export function decimalOf(type: string): { readonly digits: number; readonly scale: number } {
  const [, digits = 0, scale = 0] = /^DECIMAL\((\d+),(\d+)\)$/.exec(type) ?? [];
  return { digits: Number(digits), scale: Number(scale) };
}

function timestampCast({ format, zone }: RecognizedType, text: string): string {
  if (format !== undefined && format !== "ISO 8601") return `try_strptime(trim(${text}), '${format}')`;
  const plain = `TRY_CAST(${text} AS TIMESTAMP)`;
  if (zone !== true) return `coalesce(${plain}, TRY_CAST(upper(replace(trim(${text}), ',', '.')) AS TIMESTAMP))`;
  // Of a date, a space and a time with a zone, the first space is a T, and a space before the zone is left out.
  const joined = `regexp_replace(upper(replace(trim(${text}), ',', '.')), '^(.{10})[T ]([^ ]+) ?', '\\1T\\2')`;
  const withSeconds = `regexp_replace(${joined}, '(T\\d\\d:\\d\\d)([Z+-])', '\\1:00\\2')`;
  const offset = `(TRY_CAST(${withSeconds} AS TIMESTAMPTZ) AT TIME ZONE 'UTC')`;
  // Most dates are in UTC. To put together the others is ten times slower.
  return `CASE WHEN suffix(${text}, 'Z') AND ${plain} IS NOT NULL THEN ${plain} ELSE ${offset} END`;
}

/** Values with few digits take the fast way; for others, the whole part and the fraction are read separately. */
function longDecimalCast(text: string, scale: number): string {
  const type = `DECIMAL(38,${scale})`;
  if (scale === 0)
    return `coalesce(TRY_CAST(${text} AS BIGINT)::${type}, TRY_CAST(TRY_CAST(${text} AS HUGEINT) AS ${type}))`;
  if (scale > fastDigits) return `TRY_CAST(${text} AS ${type})`;
  const whole = `TRY_CAST(TRY_CAST(split_part(trim(${text}), '.', 1) AS HUGEINT) AS ${type})`;
  const fraction = `TRY_CAST('0.' || split_part(trim(${text}), '.', 2) AS DECIMAL(18,${scale}))::${type}`;
  const signed = `CASE WHEN starts_with(trim(${text}), '-') THEN -(${fraction}) ELSE ${fraction} END`;
  return `coalesce(TRY_CAST(${text} AS DECIMAL(18,${scale}))::${type}, (${whole} + ${signed})::${type})`;
}
