import * as v from "valibot";
import type { ExportTask } from "../../model/contract.ts";
import { defined } from "../../model/defined.ts";
import type { TaskKey } from "../../model/taskKey.ts";

/** Which task and account a file came from, as they were when it was downloaded. */
export const originSchema = v.object({
  /** The account's label. */
  account: v.exactOptional(v.string()),
  description: v.exactOptional(v.string()),
  subject: v.exactOptional(v.string()),
  format: v.exactOptional(v.picklist(["csv", "json"])),
  completedAt: v.exactOptional(v.string()),
});

export type TaskOrigin = v.InferOutput<typeof originSchema>;

export interface TaskOriginParts {
  /** The labels of all accounts, by their IDs. */
  readonly accountLabels: () => ReadonlyMap<string, string>;
  /** A task that is loaded. */
  readonly find: (task: TaskKey) => ExportTask | undefined;
  /** Asks the service about a task. @throws ExportError errors of the service */
  readonly ask: (task: TaskKey) => Promise<ExportTask>;
  /** A description is a person's text, which can contain anything, and it is stored. */
  readonly redact: (text: string) => string;
}

/** Knows what a downloaded file came from: what was kept with it, or else what is known of its task now. */
export class TaskOrigins {
  readonly #parts: TaskOriginParts;

  constructor(parts: TaskOriginParts) {
    this.#parts = parts;
  }

  /** What to keep with a file, as far as it is known without a request. */
  known(task: TaskKey): TaskOrigin {
    return this.#toKeep(task, this.#parts.find(task));
  }

  /** What the service says about a task; undefined if it can't be asked. A file is no worse without it. */
  async asked(task: TaskKey): Promise<TaskOrigin | undefined> {
    try {
      return this.#toKeep(task, await this.#parts.ask(task));
    } catch {
      return undefined;
    }
  }

  /**
   * Says of many files what they came from. An account can have another label by now, or be gone; the labels are read
   * once.
   */
  reader(): (file: TaskKey & { readonly origin?: TaskOrigin }) => TaskOrigin {
    const labels = this.#parts.accountLabels();
    return ({ accountId, taskId, origin }) => {
      const task = lacksTask(origin) ? originOf(this.#parts.find({ accountId, taskId })) : {};
      return { ...task, ...origin, ...defined({ account: labels.get(accountId) ?? origin?.account }) };
    };
  }

  #toKeep({ accountId }: TaskKey, task: ExportTask | undefined): TaskOrigin {
    const origin = originOf(task);
    const description = origin.description === undefined ? undefined : this.#parts.redact(origin.description);
    return { ...origin, ...defined({ account: this.#parts.accountLabels().get(accountId), description }) };
  }
}

function originOf({ description, subject, format, completedAt }: Partial<ExportTask> = {}): TaskOrigin {
  return defined({ description, subject, format, completedAt });
}

/** Whether the task itself is unknown, because it was on no loaded page when its file arrived. */
export function lacksTask(origin: TaskOrigin | undefined): boolean {
  return origin?.description === undefined;
}
