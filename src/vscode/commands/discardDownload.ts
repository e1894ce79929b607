import { t } from "@vscode/l10n";
import { isInteractive } from "../commandCall.ts";
import type { CommandDefinition } from "../commandRegistry.ts";
import { askOngoing } from "../prompts/askOngoing.ts";
import { confirm } from "../prompts/confirm.ts";
import { taskReference } from "./argumentShapes.ts";
import type { CommandParts } from "./commandParts.ts";

/** Gives up a paused download: removes what was received of unfinished files. */
export function discardDownload({
  downloads,
}: Pick<CommandParts, "downloads">): CommandDefinition<"taskExports.discardDownload"> {
  return {
    argument: taskReference,
    async run(reference, { caller }) {
      const ongoing = await askOngoing(downloads, reference, ["paused"]);
      if (isInteractive(caller)) {
        const detail = t("The data received so far is deleted. Complete files are kept.");
        await confirm(t("Discard the download of task {0}?", ongoing.taskId), detail, t("Discard"));
      }
      await downloads.discard(ongoing);
      return undefined;
    },
  };
}
