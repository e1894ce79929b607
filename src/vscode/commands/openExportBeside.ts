import type { CommandDefinition } from "../commandRegistry.ts";
import { openedAs } from "../opening/exportOpener.ts";
import { askAnyExport, type ExportQuestionParts } from "../prompts/askExport.ts";
import { openExportReference } from "./argumentShapes.ts";
import type { CommandParts } from "./commandParts.ts";

/** Opens an export in an editor tab beside the active one. */
export function openExportBeside(
  parts: ExportQuestionParts & Pick<CommandParts, "unfinished" | "opener">,
): CommandDefinition<"taskExports.openExportBeside"> {
  return {
    argument: openExportReference,
    async run({ as, ...reference }) {
      await parts.opener.openExport(await askAnyExport(parts, reference), { as: openedAs(as), beside: true });
      return undefined;
    },
  };
}
