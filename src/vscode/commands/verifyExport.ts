import { t } from "@vscode/l10n";
import * as vscode from "vscode";
import { unknownExport } from "../../model/fileErrors.ts";
import { withSignal } from "../cancellation.ts";
import { callByPerson, isInteractive } from "../commandCall.ts";
import type { CommandDefinition } from "../commandRegistry.ts";
import type { CommandId, VerifiedExport } from "../ids.ts";
import { askOwnExports, type ExportQuestionParts, type OwnExport } from "../prompts/askExport.ts";
import { showInformation, showWarning, withProgress } from "../surfaces/surfaces.ts";
import { momentInWords } from "../wording.ts";
import { exportReference } from "./argumentShapes.ts";
import type { CommandParts } from "./commandParts.ts";

/** Reads downloaded files again, and says whether they still are what was downloaded. */
export function verifyExport(
  parts: ExportQuestionParts & Pick<CommandParts, "ownFiles" | "downloadsView">,
): CommandDefinition<"taskExports.verifyExport"> {
  return {
    argument: exportReference,
    async run(reference, { caller }) {
      const files = await askOwnExports(parts, reference, unknownExport);
      const verified = await verifyAll(parts, files);
      parts.downloadsView.lookAgain();
      if (isInteractive(caller)) tell(files, verified);
      return verified;
    },
  };
}

function verifyAll(
  { ownFiles }: Pick<CommandParts, "ownFiles">,
  files: readonly OwnExport[],
): Thenable<VerifiedExport[]> {
  const [first] = files;
  const title =
    files.length === 1 ? t("Verifying {0}", first?.record.name ?? "") : t("Verifying {0} files", files.length);
  return withProgress({ title }, (report, token) =>
    withSignal({ token }, async (signal) => {
      const verified: VerifiedExport[] = [];
      for (const { record } of files) {
        if (files.length > 1) report({ message: record.name });
        verified.push({ uri: record.uri, state: await ownFiles.verify(record, signal) });
        report({ increment: 100 / files.length });
      }
      return verified;
    }),
  );
}

/** What was found, and what can be done about it. */
function tell(files: readonly OwnExport[], verified: readonly VerifiedExport[]): void {
  const [file] = files;
  const count = (wanted: VerifiedExport["state"]): number => verified.filter(({ state }) => state === wanted).length;
  if (file !== undefined && files.length === 1) {
    tellOne(file, verified[0]?.state ?? "missing");
    return;
  }
  const sentence = t(
    "{0} files verified: {1} unchanged, {2} changed, {3} moved or deleted.",
    files.length,
    count("same"),
    count("changed"),
    count("missing"),
  );
  void (count("same") === files.length ? showInformation(sentence) : showWarning(sentence));
}

function tellOne({ record }: OwnExport, state: VerifiedExport["state"]): void {
  const { name, at, accountId, taskId, uri, index } = record;
  const run = (command: CommandId): void => {
    void vscode.commands.executeCommand(command, callByPerson({ accountId, taskId, uri, files: [index] }));
  };
  const again = t("Download Again");
  switch (state) {
    case "same":
      void showInformation(t("{0} is unchanged since it was downloaded ({1}).", name, momentInWords(at)));
      return;
    case "changed": {
      const reveal = t("Reveal");
      const sentence = t("{0} was changed or replaced after it was downloaded. Its SHA-256 is a different one.", name);
      void showWarning(sentence, again, reveal).then((pressed) => {
        if (pressed === again) run("taskExports.downloadAgain");
        if (pressed === reveal) run("taskExports.revealExport");
      });
      return;
    }
    case "missing": {
      const remove = t("Remove From List");
      void showWarning(t("{0} was moved or deleted.", name), again, remove).then((pressed) => {
        if (pressed === again) run("taskExports.downloadAgain");
        if (pressed === remove) run("taskExports.deleteExport");
      });
    }
  }
}
