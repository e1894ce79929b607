import { t } from "@vscode/l10n";
import type { ColumnType, TableProgress } from "../../table/tableTypes.ts";
import { inPlainSigns } from "./invisibles.ts";
import type { CellState } from "./state/cellState.ts";

function language(): string | undefined {
  return document.documentElement.lang || undefined;
}

/** Created once, because that takes longer than formatting all row numbers in view. */
let numbers: Intl.NumberFormat | undefined;

/** "15,000,000", in the person's language. */
export function numberInWords(number: number): string {
  numbers ??= new Intl.NumberFormat(language());
  return numbers.format(number);
}

/** A decimal number of any length, exact, as the user's language writes it. */
export function decimalInWords(decimal: string): string {
  const [, sign = "", whole = "", fraction = ""] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(decimal) ?? [];
  if (whole === "") return decimal;
  const parts = new Intl.NumberFormat(language()).formatToParts(1.5);
  const point = parts.find(({ type }) => type === "decimal")?.value ?? ".";
  const integer = new Intl.NumberFormat(language()).format(BigInt(whole));
  return `${sign === "" ? "" : "−"}${integer}${fraction === "" ? "" : `${point}${fraction}`}`;
}

/** Six digits of a number that is not exact, such as a mean. */
export function shortNumberInWords(number: number): string {
  return new Intl.NumberFormat(language(), { maximumSignificantDigits: 6 }).format(number);
}

/** "12.4 MB", in units of 1,000 as file managers show them. */
export function bytesInWords(bytes: number): string {
  const units = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"];
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(bytes, 1)) / 3));
  const value = bytes / 1000 ** power;
  return new Intl.NumberFormat(language(), {
    style: "unit",
    unit: units[power] ?? "byte",
    unitDisplay: power === 0 ? "long" : "short",
    maximumFractionDigits: power === 0 || value >= 100 ? 0 : 1,
  }).format(value);
}

/** A share between 0 and 1 as "43%"; "100%" only for all. */
export function shareInWords(share: number): string {
  return new Intl.NumberFormat(language(), { style: "percent" }).format(Math.floor(share * 100) / 100);
}

/** "15,000,000 rows", or "about 15.0 million rows…" while they are counted. */
export function rowsInWords({ rows, exact, growing }: TableProgress): string {
  if (!exact) return t("about {0} rows…", roundedInWords(rows));
  if (growing) return t("{0} rows so far", numberInWords(rows));
  return rows === 1 ? t("1 row") : t("{0} rows", numberInWords(rows));
}

function roundedInWords(number: number): string {
  if (number < 10_000) return numberInWords(number);
  return new Intl.NumberFormat(language(), {
    notation: "compact",
    compactDisplay: "long",
    minimumSignificantDigits: 3,
    maximumSignificantDigits: 3,
  }).format(number);
}

/** "3 rows × 4 columns". */
export function areaInWords(rows: number, columns: number): string {
  const columnsWord = columns === 1 ? t("1 column") : t("{0} columns", numberInWords(columns));
  const rowsWord = rows === 1 ? t("1 row") : t("{0} rows", numberInWords(rows));
  return `${rowsWord} × ${columnsWord}`;
}

export function typeInWords(type: ColumnType): string {
  switch (type) {
    case "number":
      return t("number");
    case "date":
      return t("date");
    case "boolean":
      return t("true or false");
    case "json":
      return t("JSON");
    case "text":
      return t("text");
  }
}

/** A description of a cell without text. */
export function cellStateInWords(state: Exclude<CellState, "text" | "pending">): string {
  switch (state) {
    case "empty":
      return t("Empty");
    case "null":
      return t("Null, not text");
    case "missing":
      return t("No value");
    case "unread":
      return t("Not read: row too long");
  }
}

/** A column's name as it is shown; a number for a column without a name. */
export function columnName(name: string, index: number): string {
  return name === "" ? t("Column {0}", index + 1) : inPlainSigns(name);
}
