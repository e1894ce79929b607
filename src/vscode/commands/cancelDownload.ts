import { t } from "@vscode/l10n";
import { isInteractive } from "../commandCall.ts";
import type { CommandDefinition } from "../commandRegistry.ts";
import { stopAndOffer } from "../downloads/stoppedNotification.ts";
import { askOngoing } from "../prompts/askOngoing.ts";
import { taskReference } from "./argumentShapes.ts";
import type { CommandParts } from "./commandParts.ts";

/**
 * Ends a download. A person decides afterwards about what was received of unfinished files. For a program, it is
 * removed, also if the download is paused.
 */
export function cancelDownload({
  downloads,
}: Pick<CommandParts, "downloads">): CommandDefinition<"taskExports.cancelDownload"> {
  return {
    argument: taskReference,
    async run(reference, { caller }) {
      if (isInteractive(caller)) {
        const running = await askOngoing(downloads, reference, ["running"]);
        // Not awaited: the notification may stay for a long time.
        void stopAndOffer(downloads.ofTask(running), t("Download of task {0} canceled.", running.taskId));
        return undefined;
      }
      await downloads.discard(await askOngoing(downloads, reference, ["running", "paused"]));
      return undefined;
    },
  };
}
