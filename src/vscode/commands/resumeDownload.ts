import type { CommandDefinition } from "../commandRegistry.ts";
import { askOngoing } from "../prompts/askOngoing.ts";
import { taskReference } from "./argumentShapes.ts";
import type { CommandParts } from "./commandParts.ts";
import { runAndOpen } from "./downloadTaskExport.ts";

/** Resumes a paused download where it stopped. */
export function resumeDownload(
  parts: Pick<CommandParts, "downloads" | "existingFiles" | "gitIgnoreHint" | "opener" | "ownFiles" | "notices">,
): CommandDefinition<"taskExports.resumeDownload"> {
  return {
    argument: taskReference,
    async run(reference, { caller, about }) {
      const ongoing = await askOngoing(parts.downloads, reference, ["paused"]);
      about(ongoing);
      const paused = parts.downloads.ofTask(ongoing).filter(({ state }) => state === "paused");
      await Promise.all(paused.map((download) => runAndOpen(parts, download, caller)));
      return undefined;
    },
  };
}
