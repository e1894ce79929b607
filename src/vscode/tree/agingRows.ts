/** A row that may tell how long ago something was. */
export interface AgingRow {
  /** Puts the age on the row as it is now; answers whether it reads differently. */
  repaintAge(): boolean;
}

/** A task's row with those of its files, as they were shown last. */
export interface AgingTask<Row extends AgingRow> {
  readonly task: Row;
  readonly files: readonly Row[];
  /** Whether painting the task's row would ask its service: VS Code asks for the children of an open row along with it. */
  readonly asksService: boolean;
}

/** The rows to paint because their ages read differently now. None of them asks a service. */
export function agedRows<Row extends AgingRow>(tasks: readonly AgingTask<Row>[]): Row[] {
  return tasks.flatMap(({ task, files, asksService }) => {
    // Not even put on the row before it can be painted: it would not read differently then.
    if (!asksService && task.repaintAge()) return [task];
    return files.filter((file) => file.repaintAge());
  });
}
