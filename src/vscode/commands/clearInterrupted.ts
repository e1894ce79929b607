import { t } from "@vscode/l10n";
import * as vscode from "vscode";
import { isInteractive } from "../commandCall.ts";
import type { CommandDefinition } from "../commandRegistry.ts";
import { confirm } from "../prompts/confirm.ts";
import { nothing } from "./argumentShapes.ts";
import type { CommandParts } from "./commandParts.ts";

/** Removes all downloads that were paused or interrupted, and what they had fetched. */
export function clearInterrupted({
  downloads,
}: Pick<CommandParts, "downloads">): CommandDefinition<"taskExports.clearInterrupted"> {
  return {
    argument: nothing,
    async run(_argument, { caller }) {
      const standing = downloads.all().filter(({ state }) => state === "paused").length;
      if (isInteractive(caller) && standing > 0) {
        const detail = t("What they had fetched is deleted. Running downloads go on.");
        await confirm(t("Remove {0} interrupted downloads?", standing), detail, t("Remove"));
      }
      const removed = await downloads.clearPaused();
      if (isInteractive(caller))
        void vscode.window.showInformationMessage(t("{0} interrupted downloads were removed.", removed));
      return undefined;
    },
  };
}
