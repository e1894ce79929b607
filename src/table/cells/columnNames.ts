import { t } from "@vscode/l10n";

/**
 * The names of a delimited text's columns, as they stand in the header row. A nameless column is called by its place.
 *
 * @param header the header row's cells, or empty without one
 * @param count how many columns there are, when rows have more cells than the header
 */
export function columnNames(header: readonly string[], count: number): string[] {
  return Array.from({ length: Math.max(count, header.length) }, (_, place) => columnName(header[place], place));
}

/** @param place counted from 0 */
export function columnName(name: string | undefined, place: number): string {
  return name === undefined || name === "" ? t("Column {0}", place + 1) : name;
}
