import type { ExportTask } from "../../model/contract.ts";

/** A function whose result is made once for each task. A task never changes: a refresh brings new objects. */
export function oncePerTask<Value>(make: (task: ExportTask) => Value): (task: ExportTask) => Value {
  const made = new WeakMap<ExportTask, { readonly value: Value }>();
  return (task) => {
    const known = made.get(task);
    if (known !== undefined) return known.value;
    const value = make(task);
    made.set(task, { value });
    return value;
  };
}
