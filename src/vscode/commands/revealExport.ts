import type { CommandDefinition } from "../commandRegistry.ts";
import { revealFile } from "../opening/revealFile.ts";
import { askExports, type ExportQuestionParts } from "../prompts/askExport.ts";
import { exportReference } from "./argumentShapes.ts";

/** Shows an export where it is on the disk. Files of one task are in one folder, so the first one shows all. */
export function revealExport(parts: ExportQuestionParts): CommandDefinition<"taskExports.revealExport"> {
  return {
    argument: exportReference,
    async run(reference) {
      const [first] = await askExports(parts, reference);
      await revealFile(first);
      return undefined;
    },
  };
}
