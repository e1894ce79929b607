import { t } from "@vscode/l10n";
import type { CommandDefinition } from "../commandRegistry.ts";
import { downloadGroupings } from "../downloads/list/arrangeDownloads.ts";
import { askValue } from "../prompts/askValue.ts";
import { downloadGroupingInWords } from "../tree/downloads/downloadWording.ts";
import { downloadGroupRequest } from "./argumentShapes.ts";
import type { CommandParts } from "./commandParts.ts";

/** Groups the downloaded files, or takes the groups away. */
export function groupDownloads({
  downloadList,
}: Pick<CommandParts, "downloadList">): CommandDefinition<"taskExports.groupDownloads"> {
  return {
    argument: downloadGroupRequest,
    async run({ by }) {
      const question = { title: t("Group Downloads"), placeholder: t("Select what to group by") };
      downloadList.grouping =
        by ?? (await askValue(question, downloadGroupings, downloadGroupingInWords, downloadList.grouping));
      return undefined;
    },
  };
}
