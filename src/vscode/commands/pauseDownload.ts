import type { CommandDefinition } from "../commandRegistry.ts";
import { askOngoing } from "../prompts/askOngoing.ts";
import { taskReference } from "./argumentShapes.ts";
import type { CommandParts } from "./commandParts.ts";

/** Stops a download and keeps what was received. */
export function pauseDownload({
  downloads,
}: Pick<CommandParts, "downloads">): CommandDefinition<"taskExports.pauseDownload"> {
  return {
    argument: taskReference,
    async run(reference) {
      await downloads.pause(await askOngoing(downloads, reference, ["running"]));
      return undefined;
    },
  };
}
