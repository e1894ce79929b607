import { defined } from "../../model/defined.ts";
import { kindOf } from "../../model/taskKind.ts";
import type { CommandDefinition } from "../commandRegistry.ts";
import { askWhatToWatch, noKind } from "../prompts/askWatch.ts";
import { askTask } from "../prompts/askTask.ts";
import { kindInWords } from "../watching/watchWording.ts";
import { taskReference } from "./argumentShapes.ts";
import type { CommandParts } from "./commandParts.ts";

/** Downloads each new export of the same kind as a task. */
export function watchKind(
  parts: Pick<CommandParts, "accounts" | "tasks" | "watching">,
): CommandDefinition<"taskExports.watchKind"> {
  return {
    argument: taskReference,
    async run({ accountId, taskId }, { about }) {
      if (taskId === undefined) {
        const chosen = await askWhatToWatch(parts, accountId, ["kinds"]);
        if (chosen.what === "kind") await parts.watching.watchKind(chosen.kind, chosen.label, {});
        return undefined;
      }
      const key = await askTask(parts, defined({ accountId, taskId }));
      about(key);
      const { signal } = new AbortController();
      const task =
        parts.tasks.find(key.accountId, key.taskId) ??
        (await parts.accounts.getTask(key.accountId, key.taskId, { signal }));
      const kind = kindOf(task);
      if (kind === undefined) throw noKind(key.taskId);
      await parts.watching.watchKind(kind, kindInWords(kind), {});
      return undefined;
    },
  };
}
