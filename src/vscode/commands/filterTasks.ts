import { t } from "@vscode/l10n";
import type { TaskState } from "../../model/contract.ts";
import type { CommandDefinition } from "../commandRegistry.ts";
import { askChoice, askText } from "../prompts/steps.ts";
import { back, walkSteps } from "../prompts/walkSteps.ts";
import type { TaskFilter } from "../tasks/taskFilter.ts";
import { groupInWords } from "../tree/arrangementWording.ts";
import { filterRequest } from "./argumentShapes.ts";
import type { CommandParts } from "./commandParts.ts";

const states: readonly TaskState[] = ["waiting", "running", "done", "failed"];

/** Shows only the tasks whose text and status match. */
export function filterTasks({ tasks }: Pick<CommandParts, "tasks">): CommandDefinition<"taskExports.filterTasks"> {
  return {
    argument: filterRequest,
    async run(filter) {
      const isGiven = filter.text !== undefined || filter.status !== undefined;
      tasks.filter = isGiven ? filter : await askFilter(tasks.filter);
      return undefined;
    },
  };
}

async function askFilter(current: TaskFilter): Promise<TaskFilter> {
  let text = current.text ?? "";
  let status = current.status ?? "";
  const choices = [
    { label: t("Any status"), value: "" },
    ...states.map((state) => ({ label: groupInWords("status", state), value: state })),
  ];
  await walkSteps(t("Filter Tasks"), () => [
    async (place) => {
      const answer = await askText({ prompt: t("Words to filter by. Leave empty for all tasks."), value: text }, place);
      if (answer === back) return back;
      text = answer;
      return undefined;
    },
    async (place) => {
      const chosen = await askChoice({ placeholder: t("Select a status"), choices, active: status }, place);
      if (chosen === back) return back;
      status = chosen;
      return undefined;
    },
  ]);
  return { text, status };
}
