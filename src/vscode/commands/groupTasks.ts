import { t } from "@vscode/l10n";
import type { CommandDefinition } from "../commandRegistry.ts";
import { askValue } from "../prompts/askValue.ts";
import { taskGroupings } from "../tasks/arrangeTasks.ts";
import { groupingInWords } from "../tree/arrangementWording.ts";
import { groupRequest } from "./argumentShapes.ts";
import type { CommandParts } from "./commandParts.ts";

/** Groups the tasks of every account, or takes the groups away. */
export function groupTasks({
  arrangement,
}: Pick<CommandParts, "arrangement">): CommandDefinition<"taskExports.groupTasks"> {
  return {
    argument: groupRequest,
    async run({ by: given }) {
      const question = { title: t("Group Tasks"), placeholder: t("Select what to group by") };
      const by = given ?? (await askValue(question, taskGroupings, groupingInWords, arrangement.current.grouping));
      arrangement.change({ grouping: by });
      return undefined;
    },
  };
}
