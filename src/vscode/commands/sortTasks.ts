import { t } from "@vscode/l10n";
import type { CommandDefinition } from "../commandRegistry.ts";
import { askValue } from "../prompts/askValue.ts";
import { taskOrders } from "../tasks/arrangeTasks.ts";
import { orderInWords } from "../tree/arrangementWording.ts";
import { sortRequest } from "./argumentShapes.ts";
import type { CommandParts } from "./commandParts.ts";

/** Sorts the tasks of every account. */
export function sortTasks({
  arrangement,
}: Pick<CommandParts, "arrangement">): CommandDefinition<"taskExports.sortTasks"> {
  return {
    argument: sortRequest,
    async run({ order: given }) {
      const question = { title: t("Sort Tasks"), placeholder: t("Select an order") };
      const order = given ?? (await askValue(question, taskOrders, orderInWords, arrangement.current.order));
      arrangement.change({ order });
      return undefined;
    },
  };
}
