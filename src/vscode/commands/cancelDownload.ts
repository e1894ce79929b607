import { t } from "@vscode/l10n";
import { isInteractive } from "../commandCall.ts";
import type { CommandDefinition } from "../commandRegistry.ts";
import { stopAndOffer } from "../downloads/stoppedNotification.ts";
import { askOngoing } from "../prompts/askOngoing.ts";
import { confirm } from "../prompts/confirm.ts";
import { taskReference } from "./argumentShapes.ts";
import type { CommandParts } from "./commandParts.ts";

/**
 * Ends a download, running or paused. For a program, what was received of unfinished files is removed. A person decides
 * about that: after a running download stopped, and before a paused one is given up.
 */
export function cancelDownload({
  downloads,
}: Pick<CommandParts, "downloads">): CommandDefinition<"taskExports.cancelDownload"> {
  return {
    argument: taskReference,
    async run(reference, { caller }) {
      const ongoing = await askOngoing(downloads, reference, ["running", "paused"]);
      if (isInteractive(caller) && ongoing.state === "running") {
        // Not awaited: the notification may stay for a long time.
        void stopAndOffer(downloads.ofTask(ongoing), t("Download of task {0} canceled.", ongoing.taskId));
        return undefined;
      }
      if (isInteractive(caller)) {
        const detail = t("The data received so far is deleted. Complete files are kept.");
        await confirm(t("Discard the download of task {0}?", ongoing.taskId), detail, t("Discard"));
      }
      await downloads.discard(ongoing);
      return undefined;
    },
  };
}
