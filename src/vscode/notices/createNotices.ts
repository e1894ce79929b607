import { t } from "@vscode/l10n";
import * as vscode from "vscode";
import { callByPerson } from "../commandCall.ts";
import { viewIds } from "../ids.ts";
import { showInformation, showWarning } from "../surfaces/surfaces.ts";
import { Notices } from "./notices.ts";

/** Of another view. Only offered if there is one. */
const showDownloads = "taskExports.showDownloads";

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
  const commands = await vscode.commands.getCommands(true);
  const buttons = commands.includes(showDownloads) ? [t("Show Downloads")] : [];
  const pressed = await showInformation(t("{0} exports downloaded.", count), ...buttons);
  if (pressed !== undefined) await vscode.commands.executeCommand(showDownloads, callByPerson());
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
