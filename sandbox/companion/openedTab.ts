import * as vscode from "vscode";

/** How long an editor may take to open after its command has returned. */
const openLimitMs = 30_000;

/** Resolves with the first of these files that is shown in an editor tab. */
export async function openedTab(uris: readonly string[]): Promise<string> {
  const shown = () => uris.find((uri) => tabUris().includes(vscode.Uri.parse(uri).toString()));
  let subscription: vscode.Disposable | undefined;
  let limit: NodeJS.Timeout | undefined;
  try {
    return await new Promise<string>((resolve, reject) => {
      const look = () => {
        const uri = shown();
        if (uri !== undefined) resolve(uri);
      };
      subscription = vscode.window.tabGroups.onDidChangeTabs(look);
      limit = setTimeout(() => reject(new Error("The export was downloaded, but no editor tab opened.")), openLimitMs);
      look();
    });
  } finally {
    subscription?.dispose();
    clearTimeout(limit);
  }
}

function tabUris(): string[] {
  return vscode.window.tabGroups.all
    .flatMap((group) => group.tabs)
    .map(({ input }) => input)
    .filter((input) => input instanceof vscode.TabInputText || input instanceof vscode.TabInputCustom)
    .map((input) => input.uri.toString());
}
