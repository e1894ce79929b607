import { t } from "@vscode/l10n";

/**
 * The names of the columns of delimited text, as in the header row. A column without a name is named by its index.
 *
 * @param header the cells of the header row; empty without one
 * @param count the number of columns, because rows can have more cells than the header
 */
export function columnNames(header: readonly string[], count: number): string[] {
  return Array.from({ length: Math.max(count, header.length) }, (_, place) => columnName(header[place], place));
}

/** @param index the column index */
export function columnName(name: string | undefined, index: number): string {
  return name === undefined || name === "" ? t("Column {0}", index + 1) : name;
}
