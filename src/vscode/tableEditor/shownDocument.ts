import type { OpenedTable, ViewedFile } from "../../table/tableReader.ts";
import type { ReadAs, TableShape } from "../../table/tableTypes.ts";
import type { RowNumber } from "../../table/view/rowIdentity.ts";
import type { TableContent, TableNotice, TableView } from "../../webview/table/messages.ts";

type AddedByTab = "isFileOrder" | "detailSize" | "showsHistograms" | "arrangement";

/** The table as it is the same in all tabs. */
export interface DocumentView extends Omit<TableView, "content"> {
  readonly content: Exclude<TableContent, { kind: "table" }> | Omit<TableContent & { kind: "table" }, AddedByTab>;
}

/** What a document sends to its tabs. */
export interface DocumentListener {
  onShape?(shape: TableShape): void;
  /** Undefined: the notice no longer applies. */
  onNotice?(notice: TableNotice | undefined): void;
  /** The table was read again. Everything starts over with this view. */
  onView?(view: DocumentView): void;
}

/** What a tab with a table shows: one file, or several that are joined. */
export interface ShownDocument {
  /** Its text is the key for where the user was. */
  readonly uri: { toString(): string };
  /** The rows, in the order of the file. */
  readonly file: ViewedFile;
  /** The table or problem that it is, after the last reread. */
  settled(): Promise<OpenedTable>;
  /** The path of the file that a row is in. */
  pathOf(row: RowNumber, signal: AbortSignal): Promise<string>;
  listen(listener: DocumentListener): { dispose(): void };
  /** Everything that tabs show, as soon as the start of the file is read. */
  view(): Promise<DocumentView>;
  /** Reads it in another way. `asker` gets the view as the answer; all other tabs get an event. */
  readAs(readAs: ReadAs, asker: DocumentListener): Promise<DocumentView>;
}
