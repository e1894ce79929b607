import { t } from "@vscode/l10n";
import type { TaskKey } from "../../model/taskKey.ts";
import type { ExportTool } from "./exportTool.ts";
import type { ToolAccounts } from "./listTasksTool.ts";
import { accountOfTask, taskFields } from "./namedTask.ts";

export interface WatchToolParts {
  readonly accounts: ToolAccounts;
  /** The folder in which downloads are saved. @throws ExportError `notWritable` */
  readonly folder: () => string;
  /** Resolves when the task is watched, not when it is done. */
  readonly watch: (task: TaskKey, signal: AbortSignal) => Promise<void>;
}

/** Downloads a task when it is done, which can be long after the answer. */
export function watchTool({ accounts, folder, watch }: WatchToolParts): ExportTool<typeof taskFields> {
  return {
    name: "taskExports_watch",
    fields: taskFields,
    ask(input) {
      const { label } = accountOfTask(accounts, input);
      return {
        title: t("Download When Done"),
        lines: [
          t("Watches task {0} of {1}, and downloads it to {2} when it is done.", input.task, label, folder()),
          t("Only that the task is watched will be sent to the language model."),
        ],
        running: t("Watching task {0}", input.task),
      };
    },
    async run(input, signal) {
      const account = accountOfTask(accounts, input);
      await watch({ accountId: account.id, taskId: input.task }, signal);
      return {
        task: input.task,
        account: account.label,
        watched: true,
        note: "The download begins when the task is done. The user is told then; this answer isn't updated.",
      };
    },
  };
}
