import { dirname } from "node:path";
import * as vscode from "vscode";
import { onFirstUse } from "../../model/onFirstUse.ts";
import { Owner } from "../disposables.ts";
import type { DownloadHistory } from "../downloads/downloadHistory.ts";
import type { TaskOrigins } from "../downloads/taskOrigins.ts";
import { contextKeys, editorIds } from "../ids.ts";
import type { Log } from "../log.ts";
import type { LazyTables } from "../tables/lazyTables.ts";
import type { Queries } from "./queries.ts";
import { isQuery, sqlLanguage } from "./queryDocument.ts";

export interface LazyQueriesParts {
  readonly tables: LazyTables;
  readonly history: DownloadHistory;
  readonly origins: TaskOrigins;
  readonly stored: vscode.Memento;
  /** Where the results of all windows are. */
  readonly resultsFolder: string;
  readonly log: Log;
}

/** Finds out which documents are queries. Everything about them is loaded when one of them is there. */
export class LazyQueries extends Owner {
  readonly #changed = this.own(new vscode.EventEmitter<void>());
  /** The URIs of all queries, as the context key has them. */
  #queries = "";
  readonly load: () => Promise<Queries>;

  constructor(parts: LazyQueriesParts) {
    super();
    this.load = onFirstUse(() => this.#create(parts));
    this.#registerProviders();
    const update = (): void => this.#updateKey();
    this.own(vscode.workspace.onDidOpenTextDocument(update));
    this.own(vscode.workspace.onDidCloseTextDocument(update));
    this.own(
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (document.languageId === sqlLanguage) update();
      }),
    );
    update();
    void closeOldResults(parts.resultsFolder);
  }

  async #create({ tables, resultsFolder, ...parts }: LazyQueriesParts): Promise<Queries> {
    const [{ Queries }, { UnpackFolder }, { runner, queryable, editors }] = await Promise.all([
      import("./queries.ts"),
      import("../../table/unpack/unpackFolder.ts"),
      tables.load(),
    ]);
    const results = { folder: new UnpackFolder(resultsFolder), reload: (uri: vscode.Uri) => editors.reload(uri) };
    return this.own(new Queries({ ...parts, runner, files: queryable, results, onLenses: () => this.#changed.fire() }));
  }

  #registerProviders(): void {
    const ifQuery = async <Item>(
      document: vscode.TextDocument,
      items: (queries: Queries) => Item[] | Promise<Item[]>,
    ): Promise<Item[]> => (isQuery(document) ? items(await this.load()) : []);
    const { languages } = vscode;
    this.own(
      languages.registerCodeLensProvider(sqlLanguage, {
        onDidChangeCodeLenses: this.#changed.event,
        provideCodeLenses: (document) => ifQuery(document, (queries) => queries.lenses(document)),
      }),
    );
    this.own(
      languages.registerCompletionItemProvider(
        sqlLanguage,
        {
          provideCompletionItems: (document, position, token) =>
            ifQuery(document, (queries) => queries.completion.at(document, position, token)),
        },
        ".",
        '"',
        "=",
      ),
    );
    this.own(
      languages.registerCodeActionsProvider(
        sqlLanguage,
        {
          provideCodeActions: (document, range) =>
            ifQuery(document, (queries) => queries.problems.fixes(document, range)),
        },
        { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
      ),
    );
  }

  #updateKey(): void {
    const uris = vscode.workspace.textDocuments.filter(isQuery).map(({ uri }) => uri.toString());
    const queries = JSON.stringify(uris);
    if (queries === this.#queries) return;
    this.#queries = queries;
    void vscode.commands.executeCommand("setContext", contextKeys.queries, uris);
  }
}

/** Results are deleted when the window is closed, so the tabs that VS Code restores have no file. */
async function closeOldResults(folder: string): Promise<void> {
  const old = vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(
      ({ input }) =>
        input instanceof vscode.TabInputCustom &&
        input.viewType === editorIds.table &&
        dirname(dirname(dirname(input.uri.fsPath))) === folder,
    );
  if (old.length > 0) await vscode.window.tabGroups.close(old, true);
}
