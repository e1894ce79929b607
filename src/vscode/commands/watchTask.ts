import { defined } from "../../model/defined.ts";
import type { CommandDefinition } from "../commandRegistry.ts";
import { askTask } from "../prompts/askTask.ts";
import { askWhatToWatch } from "../prompts/askWatch.ts";
import type { TaskKey } from "../../model/taskKey.ts";
import { downloadRequest } from "./argumentShapes.ts";
import type { CommandParts } from "./commandParts.ts";

/** Downloads a task when it is done. Without a task, asks for one that isn't finished, or for a kind. */
export function watchTask(
  parts: Pick<CommandParts, "accounts" | "tasks" | "watching">,
): CommandDefinition<"taskExports.watchTask"> {
  const watch = (task: TaskKey, options: object): Promise<void> =>
    parts.watching.watchTask(task, options, new AbortController().signal);
  return {
    argument: downloadRequest,
    async run({ accountId, taskId, ...options }, { about }) {
      if (taskId !== undefined) {
        const task = await askTask(parts, defined({ accountId, taskId }));
        about(task);
        await watch(task, options);
        return undefined;
      }
      const chosen = await askWhatToWatch(parts, accountId, ["tasks", "kinds"]);
      if (chosen.what === "kind") await parts.watching.watchKind(chosen.kind, chosen.label, options);
      else {
        about(chosen.task);
        await watch(chosen.task, options);
      }
      return undefined;
    },
  };
}
