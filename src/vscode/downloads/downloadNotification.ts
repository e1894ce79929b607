import { t } from "@vscode/l10n";
import type { DownloadProgress, DownloadResult } from "../../model/contract.ts";
import type { TaskKey } from "../../model/taskKey.ts";
import { commandLink, type CommandLink } from "../commandLink.ts";
import { type ProgressStep, withProgress } from "../surfaces/surfaces.ts";
import { bytesInWords, progressInWords } from "../wording.ts";
import { currentProgress, progressOfAll, shareDone } from "./currentProgress.ts";
import type { Download } from "./download.ts";

/**
 * Shows a notification with percentage, speed, time left and a link to pause, while a download runs.
 *
 * @param onCancel called when the Cancel button is pressed
 */
export async function withNotification<Result>(
  download: Download,
  work: () => Promise<Result>,
  onCancel: () => void,
): Promise<Result> {
  return withProgress(
    { title: t("Downloading task {0}", download.taskId), link: pauseLink(download) },
    async (report, token) => {
      const shown = new CountdownBar(report);
      const listening = download.listen(({ kind }) => {
        if (kind !== "written") shown.showSoon(() => download.files.map(({ progress }) => progress));
      });
      const pressing = token.onCancellationRequested(onCancel);
      try {
        return await work();
      } finally {
        pressing.dispose();
        listening.dispose();
        shown.dispose();
      }
    },
  );
}

/** VS Code's progress notification has a single button, Cancel; its text can contain links. */
function pauseLink({ accountId, taskId }: TaskKey): CommandLink {
  return { label: t("Pause"), target: commandLink("taskExports.pauseDownload", { accountId, taskId }) };
}

const repaintMs = 200;

/** Shows progress as the notification's text and bar, and counts down waits second by second. */
class CountdownBar {
  readonly #report: (step: ProgressStep) => void;
  #percent = 0;
  #countdown: NodeJS.Timeout | undefined;
  #repaint: NodeJS.Timeout | undefined;

  constructor(report: (step: ProgressStep) => void) {
    this.#report = report;
  }

  /** Shows the latest progress, a few times per second: thousands of files report each of their steps. */
  showSoon(files: () => readonly DownloadProgress[]): void {
    this.#repaint ??= setTimeout(() => {
      this.#repaint = undefined;
      this.#show(files());
    }, repaintMs);
  }

  #show(files: readonly DownloadProgress[]): void {
    const progress = currentProgress(files);
    if (progress === undefined) return;
    const all = progressOfAll(files);
    clearInterval(this.#countdown);
    const increment = Math.max(0, Math.floor(100 * shareDone(files)) - this.#percent);
    this.#percent += increment;
    this.#report({ message: all === undefined ? messageOf(progress) : messageOfAll(files, all), increment });
    const { phase, retryInMs } = progress;
    if (phase === "waiting" && retryInMs !== undefined) this.#countDown(progress, Date.now() + retryInMs);
  }

  dispose(): void {
    clearInterval(this.#countdown);
    clearTimeout(this.#repaint);
  }

  #countDown(progress: DownloadProgress, endsAt: number): void {
    this.#countdown = setInterval(() => {
      const retryInMs = Math.max(0, endsAt - Date.now());
      this.#report({ message: messageOf({ ...progress, retryInMs }) });
    }, 1000);
  }
}

/** Until the service has responded, files have no names. */
function messageOf(progress: DownloadProgress): string {
  return [progress.name, progressInWords(progress)].filter((part) => part !== "").join(" · ");
}

function messageOfAll(files: readonly DownloadProgress[], all: DownloadProgress): string {
  const done = files.filter(({ phase }) => phase === "done").length;
  return `${t("{0} of {1} files", done, files.length)} · ${progressInWords(all)}`;
}

/** The result of a download, as a sentence. A single file says by its name what was downloaded; several need their task. */
export function resultInWords({ taskId, files }: DownloadResult): string {
  const [first] = files;
  const downloaded = files.filter(({ skipped }) => skipped !== true);
  const bytes = bytesInWords(downloaded.reduce((sum, file) => sum + file.bytes, 0));
  if (files.length === 1 && first !== undefined) {
    return downloaded.length === 0
      ? t("{0} already exists. Nothing was downloaded.", first.name)
      : t("{0} downloaded ({1}).", first.name, bytes);
  }
  const [count, all] = [downloaded.length, files.length];
  return count === all
    ? t("Task {0}: {1} files downloaded ({2}).", taskId, all, bytes)
    : t("Task {0}: {1} of {2} files downloaded ({3}). The others already exist.", taskId, count, all, bytes);
}
