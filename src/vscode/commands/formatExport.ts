import type { CommandDefinition } from "../commandRegistry.ts";
import { askExport, type ExportQuestionParts } from "../prompts/askExport.ts";
import { openReference } from "./argumentShapes.ts";
import type { CommandParts } from "./commandParts.ts";

/** Writes a copy of a JSON export with one value on each line beside the export, and opens it. */
export function formatExport(
  parts: ExportQuestionParts & Pick<CommandParts, "opener">,
): CommandDefinition<"taskExports.formatExport"> {
  return {
    argument: openReference,
    async run({ uri, beside }) {
      await parts.opener.openFormatted(await askExport(parts, uri), { beside: beside ?? false });
      return undefined;
    },
  };
}
