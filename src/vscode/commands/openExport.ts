import type { CommandDefinition } from "../commandRegistry.ts";
import { openedAs } from "../opening/exportOpener.ts";
import { askAnyExport, type ExportQuestionParts } from "../prompts/askExport.ts";
import { readSetting } from "../settings.ts";
import { openExportReference } from "./argumentShapes.ts";
import type { CommandParts } from "./commandParts.ts";

/** Opens an export in an editor tab: a downloaded one, or what was received of one that is not complete yet. */
export function openExport(
  parts: ExportQuestionParts & Pick<CommandParts, "unfinished" | "opener">,
): CommandDefinition<"taskExports.openExport"> {
  return {
    argument: openExportReference,
    async run({ as, beside, ...reference }) {
      const options = { as: openedAs(as), beside: beside ?? readSetting("openBeside") };
      await parts.opener.openExport(await askAnyExport(parts, reference), options);
      return undefined;
    },
  };
}
