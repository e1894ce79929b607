import { t } from "@vscode/l10n";
import * as vscode from "vscode";
import type { ResolvedFile } from "../../model/contract.ts";
import { withSignal } from "../cancellation.ts";
import { isInteractive } from "../commandCall.ts";
import type { CommandDefinition } from "../commandRegistry.ts";
import { askTask } from "../prompts/askTask.ts";
import { showInformation, withProgress } from "../surfaces/surfaces.ts";
import { ageInWords, momentInWords } from "../wording.ts";
import { taskReference } from "./argumentShapes.ts";
import type { CommandParts } from "./commandParts.ts";

/** Copies new signed URLs to the clipboard, one per line, and says when they expire. */
export function copyDownloadUrl(
  parts: Pick<CommandParts, "accounts" | "tasks">,
): CommandDefinition<"taskExports.copyDownloadUrl"> {
  return {
    argument: taskReference,
    async run(reference, { about, caller }) {
      const chosen = await askTask(parts, { ...reference, title: t("Copy Download URL") });
      about(chosen);
      const files = await withProgress({ title: t("Requesting the download URL…") }, (report, token) =>
        withSignal({ token }, (signal) =>
          parts.accounts.resolveDownload(chosen.accountId, chosen.taskId, {
            signal,
            onWaiting: ({ reason }) => report({ message: reason }),
          }),
        ),
      );
      const urls = files.map(({ url }) => url);
      await vscode.env.clipboard.writeText(urls.join("\n"));
      if (isInteractive(caller)) void showInformation(copiedInWords(files));
      return urls;
    },
  };
}

function copiedInWords(files: readonly ResolvedFile[]): string {
  const copied =
    files.length === 1
      ? t("Download URL copied. Anyone who has it can download the file.")
      : t("{0} download URLs copied. Anyone who has them can download the files.", files.length);
  const [first] = files.map(({ expiresAt }) => expiresAt ?? "").sort();
  const expiry = first === undefined ? undefined : ageInWords(first);
  return first === undefined || expiry === undefined
    ? copied
    : `${copied} ${t("Valid until {0} ({1}).", momentInWords(first), expiry)}`;
}
