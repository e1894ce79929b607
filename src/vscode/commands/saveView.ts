import { basename, extname } from "node:path";
import { t } from "@vscode/l10n";
import * as vscode from "vscode";
import type { SavedView } from "../../model/contract.ts";
import { defined } from "../../model/defined.ts";
import { cancelled } from "../../model/exportError.ts";
import type { SavedFormat } from "../../model/queryContract.ts";
import { withSignal } from "../cancellation.ts";
import { isInteractive } from "../commandCall.ts";
import type { CommandDefinition } from "../commandRegistry.ts";
import { offerSavedFile } from "../opening/savedFile.ts";
import type { SaveCall } from "../saving/viewSaver.ts";
import { type ProgressStep, withProgress } from "../surfaces/surfaces.ts";
import { startFolder } from "../tableEditor/saveSelection.ts";
import type { Tables } from "../tables/tables.ts";
import { toUri } from "../uris.ts";
import { saveViewRequest } from "./argumentShapes.ts";
import type { CommandParts } from "./commandParts.ts";

/** The formats by file name extension. */
const formats: ReadonlyMap<string, SavedFormat> = new Map([
  [".csv", "csv"],
  [".tsv", "tsv"],
  [".tab", "tsv"],
  [".json", "json"],
  [".jsonl", "jsonl"],
  [".ndjson", "jsonl"],
  [".parquet", "parquet"],
]);

/** Saves what a table shows: its columns and rows, in their order. A file that no tab shows is saved as a whole. */
export function saveView({ tables }: Pick<CommandParts, "tables">): CommandDefinition<"taskExports.saveView"> {
  return {
    argument: saveViewRequest,
    async run({ uri, target, format }, { caller }) {
      const all = await tables.load();
      const source = uri === undefined ? all.editors.activeFile() : toUri(uri);
      const wanted = target === undefined ? await askTarget(source, all, format) : toUri(target);
      const chosen = format ?? formats.get(extname(wanted.path).toLowerCase()) ?? "csv";
      const saved = await withProgress({ title: t("Saving {0}", basename(wanted.fsPath)) }, (report, token) =>
        withSignal({ token }, (signal) =>
          save(
            all,
            { source, isActive: uri === undefined, target: wanted, format: chosen },
            {
              signal,
              onProgress: shownProgress(report),
            },
          ),
        ),
      );
      if (isInteractive(caller)) void offerSavedFile(wanted);
      return saved;
    },
  };
}

interface Wanted {
  readonly source: vscode.Uri;
  readonly isActive: boolean;
  readonly target: vscode.Uri;
  readonly format: SavedFormat;
}

/** The dialog has asked whether to replace a file. Like every command that saves, this one does. */
async function save(
  { editors, saves, saver }: Tables,
  { source, isActive, target, format }: Wanted,
  call: SaveCall,
): Promise<SavedView> {
  const path = target.fsPath;
  const table = isActive ? editors.active() : editors.shownTable(source);
  if (table === undefined) {
    const { signal, onProgress } = call;
    return saves.saveView(source.toString(), path, { format, overwrite: true, signal, ...defined({ onProgress }) });
  }
  const saved = await saver.saveRows(table.document, await table.shown(), { path, format, ifTaken: "overwrite" }, call);
  return { uri: target.toString(), ...saved };
}

function shownProgress(report: (step: ProgressStep) => void): SaveCall["onProgress"] {
  let shown = 0;
  return ({ rows, share = 0 }) => {
    const percent = Math.max(shown, Math.floor(share * 100));
    report({ increment: percent - shown, ...(rows > 0 && { message: t("{0} rows", rows.toLocaleString()) }) });
    shown = percent;
  };
}

async function askTarget(source: vscode.Uri, { engine }: Tables, format: SavedFormat | undefined): Promise<vscode.Uri> {
  const name = t("{0} (view).{1}", basename(source.path, extname(source.path)), format ?? "csv");
  const folder = startFolder(source.scheme === "file" ? source : undefined);
  const target = await vscode.window.showSaveDialog({
    title: t("Save View As"),
    ...(folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder, name) }),
    filters: {
      CSV: ["csv"],
      TSV: ["tsv"],
      JSON: ["json"],
      [t("JSON Lines")]: ["jsonl", "ndjson"],
      ...(engine.missing === undefined && { Parquet: ["parquet"] }),
    },
  });
  if (target === undefined) throw cancelled();
  return target;
}
