import { t } from "@vscode/l10n";
import * as vscode from "vscode";
import { callByPerson } from "../commandCall.ts";
import { viewIds } from "../ids.ts";
import { showInformation, showWarning } from "../surfaces/surfaces.ts";
import { Notices } from "./notices.ts";

/** The notices of this window. */
export function createNotices(): Notices {
  return new Notices({
    isFocused: () => vscode.window.state.focused,
    onDidFocus: (listener) =>
      vscode.window.onDidChangeWindowState(({ focused }) => {
        if (focused) listener();
      }),
    showTogether: (kind, count) => void (kind === "downloaded" ? showDownloaded(count) : showFailed(count)),
  });
}

async function showDownloaded(count: number): Promise<void> {
  const pressed = await showInformation(t("{0} exports downloaded.", count), t("Show Downloads"));
  if (pressed !== undefined) await vscode.commands.executeCommand("taskExports.showDownloads", callByPerson());
}

async function showFailed(count: number): Promise<void> {
  const [tasks, log] = [t("Show Tasks"), t("Show Log")];
  const pressed = await showWarning(
    t("{0} watched tasks couldn't be downloaded. The log says why.", count),
    tasks,
    log,
  );
  if (pressed === tasks) await vscode.commands.executeCommand(`${viewIds.tasks}.focus`);
  if (pressed === log) await vscode.commands.executeCommand("taskExports.showLog", callByPerson());
}
