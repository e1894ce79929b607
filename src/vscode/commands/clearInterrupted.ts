import { t } from "@vscode/l10n";
import { isInteractive } from "../commandCall.ts";
import type { CommandDefinition } from "../commandRegistry.ts";
import { confirm } from "../prompts/confirm.ts";
import { showInformation } from "../surfaces/surfaces.ts";
import { bytesInWords } from "../wording.ts";
import { nothing } from "./argumentShapes.ts";
import type { CommandParts } from "./commandParts.ts";

/** Removes everything that paused and interrupted downloads left. */
export function clearInterrupted({
  downloads,
}: Pick<CommandParts, "downloads">): CommandDefinition<"taskExports.clearInterrupted"> {
  return {
    argument: nothing,
    async run(_argument, { caller }) {
      const { tasks, bytes } = await downloads.interrupted();
      if (isInteractive(caller) && tasks > 0) await confirmRemoval(tasks, bytes);
      const removed = await downloads.clearInterrupted();
      if (isInteractive(caller)) void showInformation(removedInWords(removed));
      return undefined;
    },
  };
}

async function confirmRemoval(tasks: number, bytes: number): Promise<void> {
  const question = tasks === 1 ? t("Remove 1 interrupted download?") : t("Remove {0} interrupted downloads?", tasks);
  const detail = t(
    "{0} of unfinished files are deleted. Complete files are kept, and running downloads continue.",
    bytesInWords(bytes),
  );
  await confirm(question, detail, t("Remove"));
}

function removedInWords(removed: number): string {
  if (removed === 0) return t("No interrupted downloads to remove.");
  return removed === 1 ? t("Removed 1 interrupted download.") : t("Removed {0} interrupted downloads.", removed);
}
