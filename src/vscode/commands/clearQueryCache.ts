import { t } from "@vscode/l10n";
import { isInteractive } from "../commandCall.ts";
import type { CommandDefinition } from "../commandRegistry.ts";
import { showInformation } from "../surfaces/surfaces.ts";
import { bytesInWords } from "../wording.ts";
import { nothing } from "./argumentShapes.ts";
import type { CommandParts } from "./commandParts.ts";

/** Removes the columns that are kept for queries. Needs no question: they are extracted again when they are needed. */
export function clearQueryCache({
  columnFiles,
}: Pick<CommandParts, "columnFiles">): CommandDefinition<"taskExports.clearQueryCache"> {
  return {
    argument: nothing,
    async run(_argument, { caller }) {
      const bytes = await columnFiles.clear();
      if (isInteractive(caller)) void showInformation(removedInWords(bytes));
      return undefined;
    },
  };
}

function removedInWords(bytes: number): string {
  return bytes === 0 ? t("The query cache is empty.") : t("Removed {0} from the query cache.", bytesInWords(bytes));
}
