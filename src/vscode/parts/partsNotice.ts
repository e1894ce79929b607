import { t } from "@vscode/l10n";
import type { LeftOut } from "../../table/parts/joinedState.ts";

/** How many files a notice names. */
const mostNamed = 3;

/** What is missing in a table of several files. */
export interface Incomplete {
  readonly leftOut: readonly LeftOut[];
  /** Indexes of the task's files that were not downloaded. */
  readonly notDownloaded: readonly number[];
  /** How many files are too many for one table. */
  readonly tooMany: number;
}

/** What is missing in a table of several files, in sentences; undefined if nothing is missing. */
export function incompleteInWords({ leftOut, notDownloaded, tooMany }: Incomplete): string | undefined {
  const all = [
    ...leftOut.map(leftOutInWords),
    ...notDownloaded.map((index) => t("Part {0} isn't downloaded.", index + 1)),
  ];
  const sentences = all.slice(0, mostNamed);
  const more = all.length - sentences.length;
  if (more > 0) sentences.push(more === 1 ? t("1 more part is missing.") : t("{0} more parts are missing.", more));
  if (tooMany > 0) sentences.push(t("The last {0} parts are not shown because there are too many.", tooMany));
  return sentences.length === 0 ? undefined : [t("Not all parts are shown."), ...sentences].join(" ");
}

function leftOutInWords({ name, problem }: LeftOut): string {
  switch (problem.kind) {
    case "missing":
      return t("{0} was moved or deleted.", name);
    case "unreadable":
      return t("{0} can't be read ({1}).", name, problem.reason);
    case "empty":
      return t("{0} is empty.", name);
    case "gzip":
    case "zip":
      return t("{0} is an archive.", name);
    case "parquet":
    case "binary":
    case "page":
    case "jsonText":
    case "brokenJson":
      return t("{0} isn't a table.", name);
  }
}
