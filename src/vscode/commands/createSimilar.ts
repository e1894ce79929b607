import { t } from "@vscode/l10n";
import type { Account } from "../../model/contract.ts";
import type { CommandDefinition } from "../commandRegistry.ts";
import { askAndCreate } from "../creating/askAndCreate.ts";
import { askTask } from "../prompts/askTask.ts";
import { withStatusBarProgress } from "../surfaces/surfaces.ts";
import { taskReference } from "./argumentShapes.ts";
import { type CreateCommandParts, showCreated } from "./createExport.ts";

/** Creates an export task with the answers filled in from another one. Each of them can be changed. */
export function createSimilar(parts: CreateCommandParts): CommandDefinition<"taskExports.createSimilar"> {
  return {
    argument: taskReference,
    async run(reference, { about }) {
      const offers = (one: Account): boolean => parts.creation.canCreate(one);
      const task = await askTask(parts, { ...reference, title: t("Create Similar"), offers });
      about({ accountId: task.accountId });
      const account = parts.accounts.store.get(task.accountId);
      const call = { signal: new AbortController().signal };
      const reading = () => parts.creation.draftOf(task, call);
      const proposal = await withStatusBarProgress(t("Reading task {0}…", task.taskId), reading);
      const created = await askAndCreate(parts, account, { given: {}, proposal });
      await showCreated(parts, created);
      return created;
    },
  };
}
