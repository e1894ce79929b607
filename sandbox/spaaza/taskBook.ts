import type { ExportFormat } from "../sampleData/content.ts";
import { reservedExports, sizedExport } from "./reservedExports.ts";
import { reservedRefusals } from "./reservedRefusals.ts";
import { sampleTasks } from "./sampleTasks.ts";
import { exportFileName, sampleContent } from "./spaazaTask.ts";
import type { ExportIndex, SpaazaTask } from "./spaazaTask.ts";

const firstCreatedId = 90_001;
const createdRows = 500;

/** The fields for creating a task. */
export interface NewTask {
  desc: string;
  action: string;
  exportIndex?: ExportIndex;
  exportFormat?: ExportFormat;
  /** When it runs, in milliseconds since 1970. */
  startsAt: number;
  /** Whether it ends without a result. */
  fails: boolean;
  /** As it was sent. */
  trigger: object;
}

/** All tasks of the chain. */
export class TaskBook {
  readonly #tasks: Map<number, SpaazaTask>;
  readonly #startedAt: number;
  #nextId = firstCreatedId;

  constructor(seed: number, now: number) {
    this.#startedAt = now;
    const tasks = [...reservedExports(now), ...sampleTasks(seed, now), ...reservedRefusals(now)];
    this.#tasks = new Map(tasks.map((task) => [task.id, task]));
  }

  find(id: number): SpaazaTask | undefined {
    return this.#tasks.get(id) ?? sizedExport(id, this.#startedAt);
  }

  /** Newest first, without tasks that always respond with an error. */
  list(): SpaazaTask[] {
    return [...this.#tasks.values()]
      .filter((task) => task.refusal === undefined)
      .toSorted((left, right) => right.createdAt - left.createdAt || right.id - left.id);
  }

  create({ startsAt, fails, exportIndex, exportFormat, ...rest }: NewTask, now: number): SpaazaTask {
    const id = this.#nextId++;
    const task: SpaazaTask = { id, createdAt: now, lifecycle: { startsAt, ...(fails && { fails }) }, ...rest };
    if (exportIndex !== undefined && exportFormat !== undefined) {
      const content = sampleContent(id, exportIndex, exportFormat, { rows: createdRows });
      const file = { path: exportFileName(id, exportIndex, exportFormat), content };
      Object.assign(task, { exportIndex, exportFormat, file });
    }
    this.#tasks.set(id, task);
    return task;
  }
}
