import { t } from "@vscode/l10n";
import * as vscode from "vscode";
import type { DownloadProgress, TaskState } from "../model/contract.ts";

const byteUnits = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;

/** A number of bytes in the user's language, in units of 1,000 like file managers. */
export function bytesInWords(bytes: number): string {
  const power = Math.min(byteUnits.length - 1, Math.floor(Math.log10(Math.max(bytes, 1)) / 3));
  const value = bytes / 1000 ** power;
  return byteFormat(power, power === 0 || value >= 100 ? 0 : 1).format(value);
}

/** A formatter takes a hundred times as long to create as to use, and a tree has thousands of rows. */
const byteFormats = new Map<string, Intl.NumberFormat>();

function byteFormat(power: number, maximumFractionDigits: number): Intl.NumberFormat {
  const key = `${power} ${maximumFractionDigits}`;
  const known = byteFormats.get(key);
  if (known !== undefined) return known;
  const unitDisplay = power === 0 ? "long" : "short";
  const unit = byteUnits[power] ?? "byte";
  const format = new Intl.NumberFormat(vscode.env.language, {
    style: "unit",
    unit,
    unitDisplay,
    maximumFractionDigits,
  });
  byteFormats.set(key, format);
  return format;
}

/** A duration, rounded to its largest sensible unit. */
export function durationInWords(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 90) return t("{0} s", seconds);
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? t("{0} min", minutes) : t("{0} h", (minutes / 60).toFixed(1));
}

let ageFormat: Intl.RelativeTimeFormat | undefined;
let momentFormat: Intl.DateTimeFormat | undefined;

const ages: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ["year", 31_557_600_000],
  ["month", 2_629_800_000],
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
];

/** How long ago (or ahead) a moment is, in the user's language; undefined if it isn't a date. */
export function ageInWords(iso: string | undefined, now = Date.now()): string | undefined {
  const elapsed = iso === undefined ? Number.NaN : Date.parse(iso) - now;
  if (Number.isNaN(elapsed)) return undefined;
  ageFormat ??= new Intl.RelativeTimeFormat(vscode.env.language, { numeric: "auto", style: "short" });
  const [unit, length] = ages.find(([, size]) => Math.abs(elapsed) >= size) ?? ["second", 1000];
  return ageFormat.format(Math.round(elapsed / length), unit);
}

/** A moment with date and time, in the user's language and time zone; text that is no date stays as it is. */
export function momentInWords(iso: string): string {
  if (Number.isNaN(Date.parse(iso))) return iso;
  momentFormat ??= new Intl.DateTimeFormat(vscode.env.language, { dateStyle: "medium", timeStyle: "medium" });
  return momentFormat.format(new Date(iso));
}

let shareFormat: Intl.NumberFormat | undefined;

/** How much of a total is done, in the user's language, as "43%"; "100%" only for all of it. */
export function shareInWords(done: number, total = 1): string {
  shareFormat ??= new Intl.NumberFormat(vscode.env.language, { style: "percent" });
  return shareFormat.format(Math.floor((100 * done) / total) / 100);
}

/** "43% of 28.8 MB · 12.4 MB/s · 8 s left": what is known about a running download. */
export function progressInWords(progress: DownloadProgress): string {
  const parts: string[] = [];
  if (progress.files > 1) parts.push(t("file {0} of {1}", progress.file + 1, progress.files));
  switch (progress.phase) {
    case "resolving":
      return [...parts, t("getting the download URL")].join(" · ");
    case "waiting":
      return [...parts, waitInWords(progress)].join(" · ");
    case "verifying":
      return [...parts, t("verifying")].join(" · ");
    case "done":
      return [...parts, t("done")].join(" · ");
    case "downloading":
      return [...parts, ...transferInWords(progress)].join(" · ");
  }
}

function waitInWords({ retryInMs, reason }: DownloadProgress): string {
  if (retryInMs === undefined && reason !== undefined) return reason;
  const wait = t("Trying again in {0}.", durationInWords(retryInMs ?? 0));
  return reason === undefined ? wait : `${reason} ${wait}`;
}

function transferInWords({ receivedBytes, totalBytes, bytesPerSecond }: DownloadProgress): string[] {
  const parts = [
    totalBytes === undefined || totalBytes === 0
      ? bytesInWords(receivedBytes)
      : t("{0} of {1}", shareInWords(receivedBytes, totalBytes), bytesInWords(totalBytes)),
  ];
  if (bytesPerSecond === undefined || bytesPerSecond <= 0) return parts;
  parts.push(t("{0}/s", bytesInWords(bytesPerSecond)));
  if (totalBytes !== undefined) {
    parts.push(t("{0} left", durationInWords((1000 * (totalBytes - receivedBytes)) / bytesPerSecond)));
  }
  return parts;
}

/** The service-independent name of a state. */
export function stateInWords(state: TaskState): string {
  switch (state) {
    case "waiting":
      return t("waiting");
    case "running":
      return t("running");
    case "done":
      return t("done");
    case "failed":
      return t("failed");
    case "unknown":
      return t("unknown");
  }
}

/** The same where it stands alone: in lists and after a colon. */
export function stateName(state: TaskState): string {
  const word = stateInWords(state);
  return word.charAt(0).toUpperCase() + word.slice(1);
}
