import type { ColumnForm } from "../columnTables.ts";
import { quotedName, quotedText } from "../quoting.ts";
import { sqlNames } from "../sql/sqlNames.ts";
import { columnIndex } from "./columnIndex.ts";
import { filterExpression } from "./filterExpression.ts";
import type { RowChoice } from "./neededColumns.ts";
import type { ExportColumns } from "./orderStatement.ts";

/**
 * A view as a statement that a person can read, change and run. Its tables are those of a query: `export` with the values, and
 * `export_text` with the texts, which conditions about text need.
 *
 * @param shown indexes of the columns, in their order
 * @throws ExportError as `orderStatement`
 */
export function viewStatement(choice: RowChoice, { names, tables }: ExportColumns, shown: readonly number[]): string {
  const { sort = [], filter } = choice;
  const inSql = sqlNames(names);
  const used = new Set<ColumnForm>();
  const named = (column: number, form: ColumnForm): string => {
    used.add(form);
    return `${form === "text" ? "export_text" : "export"}.${quotedName(inSql[column] ?? "")}`;
  };
  const where = filter && filterExpression(filter, { names, tables, cell: named, parameter: quotedText });
  const order = sort.map(({ column, descending = false }) => {
    const index = columnIndex(column, names);
    const cell = named(index, "value");
    const known = tables.type(index) === "VARCHAR" ? `nullif(${cell}, '')` : cell;
    return `${known} ${descending ? "DESC" : "ASC"} NULLS LAST`;
  });
  const lines = [
    `SELECT ${shown.map((column) => named(column, "value")).join(", ")}`,
    `FROM export${used.has("text") ? " POSITIONAL JOIN export_text" : ""}`,
    ...(where === undefined ? [] : [`WHERE ${where}`]),
    ...(order.length === 0 ? [] : [`ORDER BY ${order.join(", ")}`]),
  ];
  return `${lines.join("\n")};`;
}
