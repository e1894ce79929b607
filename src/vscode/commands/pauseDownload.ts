import type { CommandDefinition } from "../commandRegistry.ts";
import { askOngoing } from "../prompts/askOngoing.ts";
import { taskReference } from "./argumentShapes.ts";
import type { CommandParts } from "./commandParts.ts";

/** Stops a download and keeps what it has fetched. */
export function pauseDownload({
  downloads,
}: Pick<CommandParts, "downloads">): CommandDefinition<"taskExports.pauseDownload"> {
  return {
    argument: taskReference,
    async run(reference) {
      const { accountId, taskId } = await askOngoing(downloads, reference, ["running"]);
      downloads.pause(accountId, taskId);
      return undefined;
    },
  };
}
