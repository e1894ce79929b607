import { basename, isAbsolute } from "node:path";
import { kindOf, type TaskKind } from "../../model/taskKind.ts";
import { finishedAt } from "../../model/newestTask.ts";
import type { DownloadedExport } from "../downloads/downloadHistory.ts";
import type { TaskOrigin } from "../downloads/taskOrigins.ts";
import { partsAddressIn } from "../parts/partsUri.ts";
import { pathIn } from "./pathText.ts";

/** A downloaded file, as queries name it. */
export interface KnownFile {
  readonly path: string;
  readonly kind: TaskKind | undefined;
  /** The label of the account. */
  readonly account: string | undefined;
  /** When its task was finished, in milliseconds since 1970. */
  readonly finished: number;
}

const newest = /^newest\s+(?=\S)/i;

export function knownFile(record: DownloadedExport, path: string, origin: TaskOrigin): KnownFile {
  const { accountId, at } = record;
  const { description = "", completedAt = at } = origin;
  return {
    path,
    kind: kindOf({ ...origin, accountId, description }),
    account: origin.account,
    finished: finishedAt({ completedAt }),
  };
}

/** A file, or all parts of a task, as a person calls it. */
export function nameOf(path: string): string {
  return basename(partsAddressIn(path)?.path ?? path);
}

/**
 * The path of the file that a directive names, or the URI of all parts of a task: `newest <kind>`, the name of a downloaded file, or a path.
 *
 * @param files the downloaded files that exist, the newest first
 * @returns undefined if no downloaded file has the name, or if it is a relative path
 */
export function fileNamed(reference: string, files: readonly KnownFile[]): string | undefined {
  const [mark] = newest.exec(reference) ?? [];
  if (mark !== undefined) return newestOfKind(reference.slice(mark.length), files)?.path;
  if (partsAddressIn(reference) !== undefined) return reference;
  const path = pathIn(reference);
  if (path !== undefined && isAbsolute(path)) return path;
  return files.find((file) => basename(file.path) === path)?.path;
}

function newestOfKind(kind: string, files: readonly KnownFile[]): KnownFile | undefined {
  const wanted = plain(kind);
  return files
    .filter((file) => namesOf(file).some((name) => plain(name) === wanted))
    .reduce<KnownFile | undefined>(
      (best, file) => (best === undefined || file.finished > best.finished ? file : best),
      undefined,
    );
}

/** The reference to the newest download of a file's kind; undefined if it has none. */
export function newestReference(file: KnownFile, files: readonly KnownFile[]): string | undefined {
  const names = namesOf(file);
  // The shortest name that means no other kind or account.
  const unique = names.find((name) =>
    files
      .filter((other) => namesOf(other).some((one) => plain(one) === plain(name)))
      .every((other) => isSame(file, other)),
  );
  const name = unique ?? names.at(-1);
  return name === undefined ? undefined : `newest ${name.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ")}`;
}

/** What a kind can be called, the shortest first: "transactions", "transactions csv", "transactions of My shop". */
function namesOf({ kind, account }: KnownFile): string[] {
  const what = kind?.subject ?? kind?.description;
  if (what === undefined) return [];
  const names = kind?.format === undefined ? [what] : [what, `${what} ${kind.format}`];
  return account === undefined ? names : [...names, ...names.map((name) => `${name} of ${account}`)];
}

function isSame(one: KnownFile, other: KnownFile): boolean {
  return JSON.stringify([one.kind, one.account]) === JSON.stringify([other.kind, other.account]);
}

function plain(text: string): string {
  return text.toLowerCase().replaceAll(/\s+/g, " ").trim();
}
