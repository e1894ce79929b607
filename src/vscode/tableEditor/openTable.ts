import * as vscode from "vscode";
import { editorIds } from "../ids.ts";

/**
 * Opens a file as a table, in a tab that isn't a preview. A table that is already open is shown where it is, unless
 * `beside` is set. The file needn't exist yet.
 */
export async function openTable(uri: vscode.Uri, { beside }: { readonly beside: boolean }): Promise<void> {
  const viewColumn = beside ? vscode.ViewColumn.Beside : (columnOf(uri) ?? vscode.ViewColumn.Active);
  await vscode.commands.executeCommand("vscode.openWith", uri, editorIds.table, { viewColumn, preview: false });
}

/** The file that the active tab shows as a table. */
export function activeTable(): vscode.Uri | undefined {
  const { input } = vscode.window.tabGroups.activeTabGroup.activeTab ?? {};
  return isTable(input) ? input.uri : undefined;
}

/** Opens another file in the places of all tabs that show one as a table. */
export async function replaceTable(shown: vscode.Uri, by: vscode.Uri): Promise<void> {
  for (const tab of tabsOf(shown)) {
    const { viewColumn } = tab.group;
    const options = { viewColumn, preview: false, preserveFocus: !tab.isActive };
    await vscode.commands.executeCommand("vscode.openWith", by, editorIds.table, options);
    await vscode.window.tabGroups.close(tab, true);
  }
}

function columnOf(uri: vscode.Uri): vscode.ViewColumn | undefined {
  return tabsOf(uri)[0]?.group.viewColumn;
}

/** All tabs that show a file as a table. */
export function tabsOf(uri: vscode.Uri): vscode.Tab[] {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(({ input }) => isTable(input) && input.uri.toString() === uri.toString());
}

function isTable(input: unknown): input is vscode.TabInputCustom {
  return input instanceof vscode.TabInputCustom && input.viewType === editorIds.table;
}
