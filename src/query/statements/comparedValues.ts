import type { RecognizedType } from "../columnTables.ts";
import { decimalOf } from "./valueCasts.ts";

/** A person's value, as one that a column can have: the greatest one that isn't greater. */
export interface ComparedValue {
  /** As text that the engine casts to the column's type. */
  readonly text: string;
  /** Whether it is the person's value itself. */
  readonly exact: boolean;
  /** It is below (-1) or above (1) all values that the column's type can have. */
  readonly beyond?: -1 | 1;
}

/** Undefined for a text that isn't a value of the column's type. */
export function comparedValue(text: string, recognized: RecognizedType): ComparedValue | undefined {
  const trimmed = text.trim();
  switch (recognized.type) {
    case "VARCHAR":
      return { text, exact: true };
    case "BOOLEAN":
      return /^(?:true|false)$/i.test(trimmed) ? { text: trimmed.toLowerCase(), exact: true } : undefined;
    case "TIMESTAMP":
      return time(trimmed, recognized.format);
    case "DOUBLE":
      return numberShape.test(point(trimmed, recognized))
        ? { text: String(Number(point(trimmed, recognized))), exact: true }
        : undefined;
    case "BIGINT":
    default:
      return decimal(point(trimmed, recognized), recognized.type);
  }
}

const numberShape = /^[+-]?(?=\.?\d)(\d*)(?:\.(\d*))?(?:e([+-]?\d+))?$/i;
/** Numbers that are further away are compared like this one. */
const farthest = 10_000;

/** How a column with decimal commas writes thousands. */
const thousands = /^[+-]?[1-9]\d{0,2}(?:\.\d{3})+$/;

/** With a decimal comma only in columns that have it. There, a value without a comma is read as the column's are. */
function point(text: string, { decimal: separator }: RecognizedType): string {
  if (separator !== "comma") return text;
  return text.includes(",") || thousands.test(text) ? text.replaceAll(".", "").replace(",", ".") : text;
}

function decimal(text: string, type: string): ComparedValue | undefined {
  const found = numberShape.exec(text);
  if (found === null) return undefined;
  const [, whole = "", fraction = "", exponent = "0"] = found;
  const digits = BigInt(`${text.startsWith("-") ? "-" : ""}${whole}${fraction}` || "0");
  const power = Math.max(-farthest, Math.min(farthest, Number(exponent))) - fraction.length + decimalOf(type).scale;
  const scaled = power >= 0 ? digits * 10n ** BigInt(power) : floorDivided(digits, 10n ** BigInt(-power));
  const exact = power >= 0 || scaled * 10n ** BigInt(-power) === digits;
  const limit = type === "BIGINT" ? 2n ** 63n : 10n ** BigInt(decimalOf(type).digits);
  const beyond = scaled >= limit ? 1 : scaled < -limit || (type !== "BIGINT" && scaled === -limit) ? -1 : undefined;
  return { text: unscaled(scaled, decimalOf(type).scale), exact, ...(beyond !== undefined && { beyond }) };
}

function floorDivided(value: bigint, by: bigint): bigint {
  const quotient = value / by;
  return value < 0n && quotient * by !== value ? quotient - 1n : quotient;
}

function unscaled(value: bigint, scale: number): string {
  if (scale === 0) return value.toString();
  const digits = (value < 0n ? -value : value).toString().padStart(scale + 1, "0");
  return `${value < 0n ? "-" : ""}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

const isoShape =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,6}))?)?(?: ?(?:Z|([+-])(\d\d)(?::?(\d\d))?))?)?$/i;
const otherShape = /^(\d{1,2})([./])(\d{1,2})\2(\d{4})(?: (\d{1,2}):(\d\d)(?::(\d\d))?)?$/;

/** ISO 8601, or as the column writes its dates. A date without a time is its first moment. */
function time(text: string, format: string | undefined): ComparedValue | undefined {
  const iso = isoShape.exec(text);
  if (iso !== null) {
    const [
      ,
      year,
      month,
      day,
      hour = "0",
      minute = "0",
      second = "0",
      fraction = "",
      sign,
      hours = "0",
      minutes = "0",
    ] = iso;
    const offset = (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
    return moment([year, month, day, hour, minute, second].map(Number), fraction, offset);
  }
  const other = otherShape.exec(text);
  if (other === null) return undefined;
  const [, first, separator = "", second, year, hour = "0", minute = "0", seconds = "0"] = other;
  if (separator === "/" && format?.includes("/") !== true) return undefined;
  const days = format?.startsWith("%m") === true ? [first, second] : [second, first];
  return moment([year, ...days, hour, minute, seconds].map(Number), "", 0);
}

function moment(parts: readonly number[], fraction: string, offset: number): ComparedValue | undefined {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  if (hour > 24 || minute > 59 || second > 59 || (hour === 24 && minute + second > 0)) return undefined;
  date.setUTCHours(hour, minute - offset, second);
  return { text: `${date.toISOString().slice(0, 19).replace("T", " ")}.${fraction.padEnd(6, "0")}`, exact: true };
}
