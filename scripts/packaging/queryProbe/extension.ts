/** Asks the installed Task Exports for rows, as another extension would. */
import { rename, writeFile } from "node:fs/promises";
import path from "node:path";
import process from "node:process";
import * as vscode from "vscode";
import type { SortKey, TaskExportsApi } from "../../../src/model/contract.ts";
import { type ProbeAnswer, probeFiles, probeVariable } from "./probe.ts";

export async function activate(): Promise<void> {
  const folder = process.env[probeVariable];
  if (!folder) return;
  const extension = vscode.extensions.getExtension<TaskExportsApi>("task-exports.task-exports");
  if (!extension) throw new Error("Task Exports is not installed in this VS Code.");
  const api = await extension.activate();
  const uri = vscode.Uri.file(path.join(folder, probeFiles.rows)).toString();
  const rows = async (sort?: SortKey[]): Promise<string[][] | string> => {
    try {
      return (await api.readRows(uri, sort && { sort })).rows;
    } catch (error) {
      return error instanceof Error && "code" in error ? String(error.code) : String(error);
    }
  };
  const answer: ProbeAnswer = { plain: await rows(), sorted: await rows([{ column: "amount", descending: true }]) };
  const file = path.join(folder, probeFiles.answer);
  // A reader must never read an incomplete file.
  await writeFile(`${file}.new`, JSON.stringify(answer));
  await rename(`${file}.new`, file);
}
