import type { CommandDefinition } from "../commandRegistry.ts";
import { askExport } from "../prompts/askExport.ts";
import { openReference } from "./argumentShapes.ts";
import type { CommandParts } from "./commandParts.ts";

/** Opens a downloaded export in an editor tab beside the active one. */
export function openExportBeside({
  history,
  opener,
}: Pick<CommandParts, "history" | "opener">): CommandDefinition<"taskExports.openExportBeside"> {
  return {
    argument: openReference,
    async run({ uri }) {
      await opener.open(await askExport(history, uri), { beside: true });
      return undefined;
    },
  };
}
