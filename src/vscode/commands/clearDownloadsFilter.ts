import type { CommandDefinition } from "../commandRegistry.ts";
import { noDownloadFilter } from "../downloads/list/downloadFilter.ts";
import { nothing } from "./argumentShapes.ts";
import type { CommandParts } from "./commandParts.ts";

/** Shows all downloaded files again. */
export function clearDownloadsFilter({
  downloadList,
}: Pick<CommandParts, "downloadList">): CommandDefinition<"taskExports.clearDownloadsFilter"> {
  return {
    argument: nothing,
    run() {
      downloadList.filter = noDownloadFilter;
      return Promise.resolve(undefined);
    },
  };
}
