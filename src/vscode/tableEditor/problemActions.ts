import type { TableProblem } from "../../table/tableTypes.ts";
import type { TableAction } from "../../webview/table/messages.ts";

interface FileRole {
  /** It is being downloaded. */
  readonly isGrowing: boolean;
  /** It was downloaded for a task, so it can be downloaded again. */
  readonly isExport: boolean;
}

/** What a person can do about a file that is no table, the likeliest first. */
export function problemActions({ kind }: TableProblem, { isGrowing, isExport }: FileRole): TableAction[] {
  const again: readonly TableAction[] = isExport && !isGrowing ? ["downloadAgain"] : [];
  switch (kind) {
    case "empty":
      return isGrowing ? [] : ["reload", "openAsText"];
    case "binary":
      return ["openAsText", "showAnyway", "reveal"];
    case "gzip":
      // A beginning of an archive can't be unpacked.
      return isGrowing ? [] : ["unpack", "reveal"];
    case "zip":
      return ["reveal"];
    case "page":
      return [...again, "openAsText", "reveal"];
    case "missing":
      return [...again, "reload"];
    case "unreadable":
      return ["reload", "showLog"];
    case "jsonText":
      return isGrowing ? ["openAsText"] : ["openFormatted", "openAsText"];
    case "brokenJson":
      return isGrowing ? ["openAsText"] : ["openAsText", "reload", ...again];
  }
}
