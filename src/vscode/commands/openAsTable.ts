import { t } from "@vscode/l10n";
import * as vscode from "vscode";
import { invalidArgument } from "../../model/accountErrors.ts";
import type { CommandDefinition } from "../commandRegistry.ts";
import { readSetting } from "../settings.ts";
import { toUri } from "../uris.ts";
import { openReference } from "./argumentShapes.ts";
import type { CommandParts } from "./commandParts.ts";

/** Opens any file as a table: the one that a menu belongs to, else the one in the active editor. */
export function openAsTable({ opener }: Pick<CommandParts, "opener">): CommandDefinition<"taskExports.openAsTable"> {
  return {
    argument: openReference,
    async run({ uri, beside }) {
      const file = uri === undefined ? activeFile() : toUri(uri);
      await opener.open(file, { as: "table", beside: beside ?? readSetting("openBeside") });
      return undefined;
    },
  };
}

function activeFile(): vscode.Uri {
  const input: unknown = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  if (input instanceof vscode.TabInputText || input instanceof vscode.TabInputCustom) return input.uri;
  throw invalidArgument(t("No file is open in the active editor. Open a CSV or JSON file first."));
}
