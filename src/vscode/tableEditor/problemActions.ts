import type { TableProblem } from "../../table/tableTypes.ts";
import type { TableAction } from "../../webview/table/messages.ts";

export interface FileRole {
  /** It is being downloaded. */
  readonly isGrowing: boolean;
  /** It was downloaded for a task, so it can be downloaded again. */
  readonly isExport: boolean;
  /** It is an archive, and the problem is about the file in it. */
  readonly isUnpacked: boolean;
}

/** What a person can do about a file that is no table, the likeliest first. */
export function problemActions(problem: TableProblem, role: FileRole): TableAction[] {
  const actions = actionsFor(problem, role);
  // As text, an archive shows nothing.
  return role.isUnpacked ? actions.map((action) => (action === "openAsText" ? "unpack" : action)) : actions;
}

function actionsFor({ kind }: TableProblem, { isGrowing, isExport }: FileRole): TableAction[] {
  const again: readonly TableAction[] = isExport && !isGrowing ? ["downloadAgain"] : [];
  switch (kind) {
    case "empty":
      return isGrowing ? [] : ["reload", "openAsText"];
    case "binary":
      return ["openAsText", "showAnyway", "reveal"];
    case "gzip":
      return isGrowing ? [] : [...again, "reload", "reveal"];
    case "parquet":
      return isGrowing ? [] : ["reload", "reveal", "showLog"];
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
