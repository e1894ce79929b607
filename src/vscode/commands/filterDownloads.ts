import { t } from "@vscode/l10n";
import type { CommandDefinition } from "../commandRegistry.ts";
import type { DownloadFilter } from "../downloads/list/downloadFilter.ts";
import { askText } from "../prompts/steps.ts";
import { back } from "../prompts/walkSteps.ts";
import { downloadFilterRequest } from "./argumentShapes.ts";
import type { CommandParts } from "./commandParts.ts";

/** Shows only the downloaded files whose name, task or account matches. */
export function filterDownloads({
  downloadList,
}: Pick<CommandParts, "downloadList">): CommandDefinition<"taskExports.filterDownloads"> {
  return {
    argument: downloadFilterRequest,
    async run(filter) {
      downloadList.filter = filter.text === undefined ? await askFilter(downloadList.filter) : filter;
      return undefined;
    },
  };
}

async function askFilter({ text = "" }: DownloadFilter): Promise<DownloadFilter> {
  const prompt = t("Words to filter by: of a file's name, task, account or content. Leave empty for all files.");
  const answer = await askText({ prompt, value: text }, { title: t("Filter Downloads") });
  return answer === back ? { text } : { text: answer };
}
