import type { CommandDefinition } from "../commandRegistry.ts";
import { askExport } from "../prompts/askExport.ts";
import { openReference } from "./argumentShapes.ts";
import type { CommandParts } from "./commandParts.ts";

/** Writes a JSON export once more with one value a line, beside the export, and opens that. */
export function formatExport({
  history,
  opener,
}: Pick<CommandParts, "history" | "opener">): CommandDefinition<"taskExports.formatExport"> {
  return {
    argument: openReference,
    async run({ uri, beside }) {
      await opener.openFormatted(await askExport(history, uri), { beside: beside ?? false });
      return undefined;
    },
  };
}
