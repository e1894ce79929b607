import type { OpenedTable } from "../../table/tableReader.ts";
import type { ReadAs, TableShape } from "../../table/tableTypes.ts";
import type { RowNumber } from "../../table/view/rowIdentity.ts";
import type { TableContent, TableNotice, TableView } from "../../webview/table/messages.ts";

type AddedByTab = "isFileOrder" | "detailSize";

/** A view of the table, apart from what each tab adds to it. */
export interface DocumentView extends Omit<TableView, "content"> {
  readonly content: Exclude<TableContent, { kind: "table" }> | Omit<TableContent & { kind: "table" }, AddedByTab>;
}

/** What a document tells its tabs. */
export interface DocumentListener {
  onShape?(shape: TableShape): void;
  /** Undefined when there is nothing to know any more. */
  onNotice?(notice: TableNotice | undefined): void;
  /** The table was read again: everything starts over from this view. */
  onView?(view: DocumentView): void;
}

/** What a tab with a table shows: one file, or several that are joined. */
export interface ShownDocument {
  /** Under its text the row is remembered where the user was. */
  readonly uri: { toString(): string };
  /** What it is when nobody reads it in another way meanwhile. */
  settled(): Promise<OpenedTable>;
  /** The path of the file that a row is in. */
  pathOf(row: RowNumber, signal: AbortSignal): Promise<string>;
  listen(listener: DocumentListener): { dispose(): void };
  /** Everything about it as soon as its beginning is read. */
  view(): Promise<DocumentView>;
  /** Reads it in another way; `asker` gets the view as the answer, all other tabs are told. */
  readAs(readAs: ReadAs, asker: DocumentListener): Promise<DocumentView>;
}
