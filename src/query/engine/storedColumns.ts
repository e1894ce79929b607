import type { ColumnTables, NeededColumn, RecognizedType } from "../columnTables.ts";
import type { ExportSource } from "../exportSource.ts";
import type { CachedColumn } from "./columnCache.ts";

/** The columns of one export that the session has. */
export class StoredColumns {
  readonly source: ExportSource;
  readonly columns = new Map<string, CachedColumn>();
  /** Columns that are only in memory. */
  unkept: CachedColumn[] = [];
  /** Tables of columns that are now kept. They are dropped when nobody uses the columns. */
  obsolete: string[] = [];
  users = 0;
  keeping: NodeJS.Timeout | undefined;
  /** Work on the columns is done one after the other, so that two requests for the same one load it once. */
  working: Promise<unknown>;

  constructor(source: ExportSource, restoring: Promise<readonly CachedColumn[]>) {
    this.source = source;
    // What can't be restored is extracted again.
    const restored = restoring.then((columns) => columns.forEach((column) => this.set(column)));
    this.working = restored.catch(() => undefined);
  }

  get(needed: NeededColumn): CachedColumn | undefined {
    return this.columns.get(nameOf(needed));
  }

  set(column: CachedColumn): void {
    this.columns.set(nameOf(column), column);
  }

  /** Begins when all earlier work has ended, well or badly. */
  inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const turn = this.working.then(work, work);
    this.working = turn.catch(() => undefined);
    return turn;
  }
}

const nameOf = ({ column, form }: NeededColumn): string => `${form}:${column}`;

/**
 * The tables as they are now. While they are leased, they aren't replaced.
 *
 * @param stored of several that have a column, the last one counts
 */
export function tablesOf(source: ExportSource, ...stored: readonly StoredColumns[]): ColumnTables {
  const columns = new Map(stored.flatMap((each) => [...each.columns]));
  const required = (needed: NeededColumn): CachedColumn => {
    const column = columns.get(nameOf(needed));
    if (column === undefined) throw new Error("A column was not asked for.");
    return column;
  };
  const recognized = (column: number): RecognizedType =>
    required({ column, form: "value" }).recognized ?? { type: "VARCHAR" };
  return {
    rows: source.rows,
    table: (needed) => required(needed).table,
    type: (column) => recognized(column).type,
    recognized,
  };
}
