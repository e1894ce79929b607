import type { TableProblem } from "../../table/tableTypes.ts";
import type { TableAction } from "../../webview/table/messages.ts";

/** What a person can do about a file that is no table, the likeliest first. */
export function problemActions({ kind }: TableProblem, isGrowing: boolean): TableAction[] {
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
      return ["openAsText", "reveal"];
    case "missing":
      return ["reload"];
    case "unreadable":
      return ["reload", "showLog"];
    case "jsonText":
      return isGrowing ? ["openAsText"] : ["openFormatted", "openAsText"];
    case "brokenJson":
      return isGrowing ? ["openAsText"] : ["openAsText", "reload"];
  }
}
