import { nameOf } from "./parquet/parquetWriter.ts";

/**
 * What follows FROM in a statement that reads extracted columns: the fields `c0`, `c1` and so on, all VARCHAR, in the
 * order of `columns`. The rows are in the order of the export.
 *
 * @throws RangeError without columns, because there is no relation without any
 */
export function loadedFrom(files: readonly string[], columns: readonly number[]): string {
  if (columns.length === 0) throw new RangeError("No columns.");
  if (files.length === 0) {
    const fields = columns.map((_, place) => `NULL::VARCHAR AS ${nameOf(place)}`);
    return `(SELECT ${fields.join(", ")} WHERE false)`;
  }
  // A folder of the path can have a name like `year=2026`, which would otherwise be another field.
  return `read_parquet([${files.map(pathLiteral).join(", ")}], hive_partitioning = false)`;
}

/** One file as a relation: what follows FROM. */
export function parquetFile(path: string): string {
  return `read_parquet(${pathLiteral(path)}, hive_partitioning = false)`;
}

/** In a path, `*`, `?` and `[` would stand for other characters. */
function pathLiteral(path: string): string {
  return `'${path.replaceAll(/[*?[]/g, "[$&]").replaceAll("'", "''")}'`;
}
