import { t } from "@vscode/l10n";

/** What runs and waits. */
export interface StatusCounts {
  readonly running: number;
  /** How much of all running downloads is done, as "43%". */
  readonly share: string;
  readonly watched: number;
}

/** The counts in words: running downloads, and watched tasks and kinds. */
export function countsInWords({ running, watched }: Pick<StatusCounts, "running" | "watched">): string[] {
  const parts: string[] = [];
  if (running > 0) parts.push(running === 1 ? t("1 download is running") : t("{0} downloads are running", running));
  if (watched > 0) parts.push(watched === 1 ? t("1 task is watched") : t("{0} tasks are watched", watched));
  return parts;
}

/** The text of the status bar, which has little room. */
export function statusText({ running, share, watched }: StatusCounts): string {
  const parts: string[] = [];
  if (running > 0) parts.push(running === 1 ? t("1 download {0}", share) : t("{0} downloads {1}", running, share));
  if (watched > 0) parts.push(t("{0} watched", watched));
  return parts.join(" · ");
}
