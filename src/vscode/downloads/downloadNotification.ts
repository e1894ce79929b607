import { t } from "@vscode/l10n";
import * as vscode from "vscode";
import type { DownloadProgress, DownloadResult } from "../../model/contract.ts";
import { withSignal } from "../cancellation.ts";
import { callByPerson } from "../commandCall.ts";
import { readSetting } from "../settings.ts";
import { bytesInWords, progressInWords } from "../wording.ts";

/** A download shorter than this, with the window in front, has shown its own end already. */
const longMs = 10_000;

/** Runs a download under one notification with percentage, speed, time left and Cancel. */
export async function downloadWithNotification<Result>(
  taskId: string,
  run: (signal: AbortSignal, onProgress: (progress: DownloadProgress) => void) => Promise<Result>,
): Promise<Result> {
  const title = t("Downloading task {0}", taskId);
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title, cancellable: true },
    async (bar, token) => {
      const shown = new CountdownBar(bar);
      try {
        return await withSignal({ token }, (signal) => run(signal, (progress) => shown.report(progress)));
      } finally {
        shown.dispose();
      }
    },
  );
}

/** Turns progress events into the notification's text and bar, and counts a wait down second by second. */
class CountdownBar {
  readonly #bar: vscode.Progress<{ message?: string; increment?: number }>;
  #percent = 0;
  #countdown: NodeJS.Timeout | undefined;

  constructor(bar: vscode.Progress<{ message?: string; increment?: number }>) {
    this.#bar = bar;
  }

  report(progress: DownloadProgress): void {
    clearInterval(this.#countdown);
    const percent = percentOf(progress);
    const increment = Math.max(0, percent - this.#percent);
    this.#percent += increment;
    this.#bar.report({ message: messageOf(progress), increment });
    const { phase, retryInMs } = progress;
    if (phase === "waiting" && retryInMs !== undefined) this.#countDown(progress, Date.now() + retryInMs);
  }

  dispose(): void {
    clearInterval(this.#countdown);
  }

  #countDown(progress: DownloadProgress, endsAt: number): void {
    this.#countdown = setInterval(() => {
      const retryInMs = Math.max(0, endsAt - Date.now());
      this.#bar.report({ message: messageOf({ ...progress, retryInMs }) });
    }, 1000);
  }
}

/** Before the link is there, no file has a name yet. */
function messageOf(progress: DownloadProgress): string {
  return [progress.name, progressInWords(progress)].filter((part) => part !== "").join(" · ");
}

/** Of the whole task: the files before this one count as done. */
function percentOf({ file, files, receivedBytes, totalBytes, phase }: DownloadProgress): number {
  const share = phase === "done" ? 1 : totalBytes === undefined || totalBytes === 0 ? 0 : receivedBytes / totalBytes;
  return Math.floor((100 * (file + share)) / Math.max(files, 1));
}

/** Tells the end of a download in a notification when the settings want it, with the ways to the file. */
export function tellWhenDone(result: DownloadResult, tookMs: number): void {
  const wish = readSetting("notifyWhenDone");
  const isUseful = tookMs >= longMs || !vscode.window.state.focused;
  const [first] = result.files;
  if (first === undefined || wish === "never" || (wish === "whenUseful" && !isUseful)) return;
  const choices = {
    [t("Open")]: "taskExports.openExport",
    [t("Open to the Side")]: "taskExports.openExportBeside",
    [t("Reveal")]: "taskExports.revealExport",
  };
  void vscode.window.showInformationMessage(resultInWords(result), ...Object.keys(choices)).then((chosen) => {
    const command = chosen === undefined ? undefined : choices[chosen];
    if (command !== undefined) void vscode.commands.executeCommand(command, callByPerson({ uri: first.uri }));
  });
}

function resultInWords({ files }: DownloadResult): string {
  const bytes = bytesInWords(files.reduce((sum, file) => sum + file.bytes, 0));
  const [first] = files;
  return files.length === 1 && first !== undefined
    ? t("{0} was downloaded ({1}).", first.name, bytes)
    : t("{0} files were downloaded ({1}).", files.length, bytes);
}
