import type { CommandDefinition } from "../commandRegistry.ts";
import { askOngoing } from "../prompts/askOngoing.ts";
import { taskReference } from "./argumentShapes.ts";
import type { CommandParts } from "./commandParts.ts";

/** Ends a download, running or paused, and removes what it had fetched. */
export function cancelDownload({
  downloads,
}: Pick<CommandParts, "downloads">): CommandDefinition<"taskExports.cancelDownload"> {
  return {
    argument: taskReference,
    async run(reference) {
      const { accountId, taskId } = await askOngoing(downloads, reference, ["running", "paused"]);
      await downloads.cancel(accountId, taskId);
      return undefined;
    },
  };
}
