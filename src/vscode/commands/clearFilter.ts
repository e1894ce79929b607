import type { CommandDefinition } from "../commandRegistry.ts";
import { noFilter } from "../tasks/taskFilter.ts";
import { nothing } from "./argumentShapes.ts";
import type { CommandParts } from "./commandParts.ts";

/** Shows all tasks again. */
export function clearFilter({ tasks }: Pick<CommandParts, "tasks">): CommandDefinition<"taskExports.clearFilter"> {
  return {
    argument: nothing,
    run() {
      tasks.filter = noFilter;
      return Promise.resolve(undefined);
    },
  };
}
