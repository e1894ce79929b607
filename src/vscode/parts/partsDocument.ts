import { fileURLToPath } from "node:url";
import { t } from "@vscode/l10n";
import { defined } from "../../model/defined.ts";
import { isCancelled } from "../../model/exportError.ts";
import type { TaskKey } from "../../model/taskKey.ts";
import type { FileReference, OpenFiles } from "../../table/file/openFiles.ts";
import { JoinedFiles } from "../../table/parts/joinedFiles.ts";
import type { Part } from "../../table/parts/part.ts";
import type { OpenedTable } from "../../table/tableReader.ts";
import type { ReadAs, Reading } from "../../table/tableTypes.ts";
import type { RowNumber } from "../../table/view/rowIdentity.ts";
import type { TableNotice } from "../../webview/table/messages.ts";
import { bytesRead, type FileChange, FileWatch } from "../tableEditor/fileWatch.ts";
import type { DocumentListener, DocumentView, ShownDocument } from "../tableEditor/shownDocument.ts";
import type { TableState } from "../tableEditor/tableState.ts";
import { incompleteInWords } from "./partsNotice.ts";

/** Each file needs a thread, so a table shows at most this many files. */
export const mostParts = 64;

/** A downloaded file of the task. */
export interface PartRecord {
  readonly index: number;
  readonly name: string;
  readonly uri: string;
}

export interface PartsDocumentParts {
  readonly files: Pick<OpenFiles, "open">;
  readonly state: TableState;
  /** The downloaded files of the task, in order. */
  readonly records: () => readonly PartRecord[];
  /** Called when files of any task were downloaded or deleted. */
  readonly onRecordsChanged: (listener: () => void) => { dispose(): void };
}

/** A file in the table, with what has to be disposed together with the table. */
interface OpenPart extends Part {
  readonly reference: FileReference;
  readonly watch: FileWatch;
}

/** All downloaded files of a task, open as one table in any number of tabs. */
export class PartsDocument<Uri extends { toString(): string }> implements ShownDocument {
  readonly uri: Uri;
  readonly file: JoinedFiles;
  readonly #task: TaskKey;
  readonly #parts: PartsDocumentParts;
  readonly #listeners = new Set<DocumentListener>();
  readonly #listening: readonly { dispose(): void }[];
  #records: readonly PartRecord[];
  #open: readonly OpenPart[];
  /** What happened to the files since they were opened. */
  #change: string | undefined;
  #isRereading = false;
  #isVisible = false;

  constructor(uri: Uri, task: TaskKey, parts: PartsDocumentParts) {
    this.uri = uri;
    this.#task = task;
    this.#parts = parts;
    this.#records = parts.records();
    this.#open = this.#openParts();
    this.file = new JoinedFiles(this.#open);
    this.#listening = [
      this.file.listen({
        onShape: (shape) => this.#tell((listener) => listener.onShape?.(shape)),
        onReread: () => {
          if (!this.#isRereading) void quietly(this.#tellView());
        },
      }),
      parts.onRecordsChanged(() => this.#recordsChanged()),
    ];
    // If the tab is closed at once, the promise is never awaited.
    void quietly(this.file.opened);
  }

  settled(): Promise<OpenedTable> {
    return this.file.settled();
  }

  /** How one of the files is read now; undefined if it isn't part of the table. */
  readingOf(path: string): ReadAs | undefined {
    return this.#open.find((part) => part.path === path)?.reference.file.spec.readAs;
  }

  pathOf(row: RowNumber, signal: AbortSignal): Promise<string> {
    return this.file.pathOf(row, signal);
  }

  listen(listener: DocumentListener): { dispose(): void } {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  /** Sets whether any tab that shows it is visible. */
  setVisible(isVisible: boolean): void {
    this.#isVisible = isVisible;
    for (const { watch } of this.#open) watch.setVisible(isVisible);
  }

  async view(): Promise<DocumentView> {
    const opened = await this.settled();
    const fileName = t("All parts of task {0}", this.#task.taskId);
    if (opened.kind === "problem") return { fileName, content: { ...opened, actions: ["reload"] } };
    const layout = this.#parts.state.layout(opened.shape.columns);
    const position = this.#parts.state.position(this.uri.toString());
    return {
      fileName,
      ...defined({ notice: this.#notice() }),
      content: { ...opened, ...defined({ layout, position }) },
    };
  }

  /**
   * Changes how all files are read, but only options that differ from what is shown. The others stay as they are for
   * each file.
   */
  async readAs(readAs: ReadAs, asker: DocumentListener): Promise<DocumentView> {
    const shown = await this.settled();
    if (shown.kind === "table") {
      await this.#whileRereading(() =>
        Promise.all(this.#open.map(({ reference }) => rereadPart(reference, readAs, shown.shape.reading))),
      );
    }
    const view = await this.view();
    this.#tell((listener) => {
      if (listener !== asker) listener.onView?.(view);
    });
    return view;
  }

  /** Reads all files again, including new ones. */
  async reload(): Promise<void> {
    const before = this.#open;
    this.#change = undefined;
    this.#records = this.#parts.records();
    this.#open = this.#openParts();
    await this.#whileRereading(() => this.file.replace(this.#open));
    close(before);
    await this.#tellView();
  }

  dispose(): void {
    for (const listening of this.#listening) listening.dispose();
    this.file.dispose();
    close(this.#open);
    this.#listeners.clear();
  }

  #openParts(): OpenPart[] {
    return this.#records.slice(0, mostParts).map(({ name, uri }) => {
      const path = fileURLToPath(uri);
      const reference = this.#parts.files.open({ path, growing: false, readAs: {} });
      const watch = new FileWatch(path, (change) => this.#fileChanged(name, path, reference, change));
      watch.setVisible(this.#isVisible);
      watch.start();
      void watch.compare(bytesRead(reference.file));
      return { name, path, file: reference.file, reference, watch };
    });
  }

  #fileChanged(name: string, path: string, { file }: FileReference, change: FileChange): void {
    if (change.kind === "grew") file.grew({ path, size: change.size, growing: false });
    else if (change.kind === "changed")
      this.#setChange(t("{0} changed on disk. The rows shown are out of date.", name));
    else this.#setChange(t("{0} was moved or deleted.", name));
  }

  #recordsChanged(): void {
    const uris = this.#parts.records().map(({ uri }) => uri);
    const known = this.#records.map(({ uri }) => uri);
    if (uris.join("\n") !== known.join("\n")) this.#setChange(t("The downloaded parts changed."));
  }

  #setChange(sentence: string): void {
    this.#change = sentence;
    const notice = this.#notice();
    this.#tell((listener) => listener.onNotice?.(notice));
  }

  #notice(): TableNotice | undefined {
    const known = new Set(this.#records.map(({ index }) => index));
    const last = Math.max(-1, ...known);
    const incomplete = incompleteInWords({
      leftOut: this.file.leftOut,
      notDownloaded: Array.from({ length: last + 1 }, (_, index) => index).filter((index) => !known.has(index)),
      tooMany: Math.max(0, this.#records.length - mostParts),
    });
    const reason = [this.#change, incomplete].filter((sentence) => sentence !== undefined).join(" ");
    return reason === "" ? undefined : { kind: "incomplete", reason };
  }

  async #whileRereading(work: () => Promise<unknown>): Promise<void> {
    this.#isRereading = true;
    try {
      await quietly(work());
    } finally {
      this.#isRereading = false;
    }
  }

  async #tellView(): Promise<void> {
    const view = await this.view();
    this.#tell((listener) => listener.onView?.(view));
  }

  #tell(what: (listener: DocumentListener) => void): void {
    for (const listener of [...this.#listeners]) what(listener);
  }
}

/** Options in which a file differs from the ones shown stay the same, unless the user changed them. */
async function rereadPart({ file }: FileReference, readAs: ReadAs, shown: Reading): Promise<void> {
  const opened = await file.settled();
  if (opened.kind === "problem") return;
  const own = opened.shape.reading;
  const { encoding, delimiter, quote, header, flat } = readAs;
  await file.reread({
    readAs: defined({
      ...readAs,
      encoding: encoding === shown.encoding ? own.encoding : encoding,
      delimiter: delimiter === shown.delimiter ? own.delimiter : delimiter,
      quote: quote === shown.quote ? own.quote : quote,
      header: header === shown.header ? own.header : header,
      flat: flat === shown.flat ? own.flat : flat,
    }),
  });
}

function close(parts: readonly OpenPart[]): void {
  for (const { reference, watch } of parts) {
    watch.stop();
    reference.dispose();
  }
}

/** Waits for work that fails only because the tab was closed. */
async function quietly(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!isCancelled(error)) throw error;
  }
}
