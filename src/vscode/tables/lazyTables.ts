import * as vscode from "vscode";
import { Owner } from "../disposables.ts";
import { editorIds } from "../ids.ts";
import type { AnyDocument } from "../tableEditor/tableEditors.ts";
import type { Tables, TablesParts } from "./tables.ts";

/** Registers the custom editor for tables, and loads everything about tables when the first one is needed. */
export class LazyTables extends Owner implements vscode.CustomReadonlyEditorProvider<AnyDocument> {
  readonly #parts: TablesParts;
  #loading: Promise<Tables> | undefined;
  #loaded: Tables | undefined;

  constructor(parts: TablesParts) {
    super();
    this.#parts = parts;
    this.own(
      vscode.window.registerCustomEditorProvider(editorIds.table, this, {
        supportsMultipleEditorsPerDocument: true,
        // The index stays with the document, so rows come back immediately. A hidden page would only take memory.
        webviewOptions: { retainContextWhenHidden: false, enableFindWidget: false },
      }),
    );
  }

  load(): Promise<Tables> {
    this.#loading ??= import("./tables.ts").then(({ Tables }) => (this.#loaded = this.own(new Tables(this.#parts))));
    return this.#loading;
  }

  /** Whether anybody reads a file right now. */
  isUsed(path: string): boolean {
    return this.#loaded?.isUsed(path) ?? false;
  }

  async openCustomDocument(uri: vscode.Uri): Promise<AnyDocument> {
    return (await this.load()).editors.openDocument(uri);
  }

  async resolveCustomEditor(document: AnyDocument, panel: vscode.WebviewPanel): Promise<void> {
    (await this.load()).editors.show(document, panel);
  }
}
