import type { CommandDefinition } from "../commandRegistry.ts";
import { askOngoing } from "../prompts/askOngoing.ts";
import { taskReference } from "./argumentShapes.ts";
import type { CommandParts } from "./commandParts.ts";
import { downloadAndOpen } from "./downloadTaskExport.ts";

/** Goes on with a paused download from the byte where it stood. */
export function resumeDownload(
  parts: Pick<CommandParts, "downloads" | "gitIgnoreHint" | "opener">,
): CommandDefinition<"taskExports.resumeDownload"> {
  return {
    argument: taskReference,
    async run(reference, { caller, about }) {
      const ongoing = await askOngoing(parts.downloads, reference, ["paused"]);
      about(ongoing);
      await downloadAndOpen(parts, ongoing.request, caller);
      return undefined;
    },
  };
}
