import { basename } from "node:path";
import { t } from "@vscode/l10n";
import { defined } from "../../model/defined.ts";
import { ExportError, isCancelled } from "../../model/exportError.ts";
import type { SourceGrowth, TableSpec } from "../../table/document/tableSpec.ts";
import type { OpenFile } from "../../table/file/openFile.ts";
import type { FileReference, OpenFiles } from "../../table/file/openFiles.ts";
import type { OpenedTable } from "../../table/tableReader.ts";
import type { ReadAs } from "../../table/tableTypes.ts";
import type { TableNotice } from "../../webview/table/messages.ts";
import type { UnfinishedFile, UnfinishedFiles } from "../downloads/unfinishedFiles.ts";
import { DetectionRetry } from "./detectionRetry.ts";
import { DownloadFollower } from "./downloadFollower.ts";
import { bytesRead, type FileChange, FileWatch } from "./fileWatch.ts";
import { type FileRole, problemActions } from "./problemActions.ts";
import type { DocumentListener, DocumentView, ShownDocument } from "./shownDocument.ts";
import type { TableState } from "./tableState.ts";
import { isGrowing, noticeOf, sourceOf, wholeFile } from "./unfinishedSource.ts";

/** The part of VS Code's class that a document needs. */
export interface FileUri {
  readonly fsPath: string;
  toString(): string;
}

/** One file of a task. */
export type TaskFile = Pick<UnfinishedFile, "accountId" | "taskId" | "file">;

export interface DocumentParts {
  readonly files: Pick<OpenFiles, "open">;
  readonly unfinished: UnfinishedFiles;
  readonly state: TableState;
  /** The task's file that was downloaded to this URI, if any was. */
  readonly taskFileAt: (uri: string) => TaskFile | undefined;
  /** How the file is read at first, if that is known. */
  readonly readAs?: ReadAs;
  /** A download finished under a name other than the one that is open. */
  readonly onPlacedElsewhere: (path: string) => void;
}

/**
 * A file that is open as a table, in any number of tabs. Knows what happens to it on disk and in its download, and what
 * its tabs say about that. That a file can't be read is a state, never an error.
 */
export class TableDocument<Uri extends FileUri = FileUri> implements ShownDocument {
  readonly uri: Uri;
  readonly #parts: DocumentParts;
  readonly #reference: FileReference;
  readonly #listeners = new Set<DocumentListener>();
  readonly #listening: { dispose(): void };
  readonly #download: DownloadFollower;
  readonly #watch: FileWatch;
  readonly #detection: DetectionRetry;
  #notice: TableNotice | undefined;
  #discarded: TaskFile | undefined;
  /** Kept, because a command that deletes the file also takes it off the list of downloads. */
  #downloaded: TaskFile | undefined;

  constructor(uri: Uri, parts: DocumentParts) {
    this.uri = uri;
    this.#parts = parts;
    this.#download = new DownloadFollower(uri.fsPath, parts.unfinished, (changed, startedOver) =>
      this.#downloadChanged(changed, startedOver),
    );
    this.#watch = new FileWatch(uri.fsPath, (change) => this.#fileChanged(change));
    this.#downloaded = parts.taskFileAt(uri.toString());
    this.#reference = parts.files.open({ ...sourceOf(uri.fsPath, this.growing), readAs: parts.readAs ?? {} });
    this.#detection = new DetectionRetry(this.file, (source) => this.#rereadAndTell(source));
    this.#listening = this.file.listen({
      onShape: (shape) => this.#tell((listener) => listener.onShape?.(shape)),
      onProblem: () => void quietly(this.#tellView()),
      onCut: ({ message }) => this.#setNotice({ kind: "incomplete", reason: message }),
      onOtherReading: () => void quietly(this.#tellView()),
    });
    if (this.growing === undefined) this.#startWatch();
    else this.#notice = noticeOf(this.growing);
  }

  get file(): OpenFile {
    return this.#reference.file;
  }

  /** The unfinished download of this file, running or not. */
  get growing(): UnfinishedFile | undefined {
    return this.#download.current;
  }

  /** The task's file that can be downloaded again: its download was discarded, or had finished before. */
  get taskFile(): TaskFile | undefined {
    return this.#discarded ?? this.#parts.taskFileAt(this.uri.toString()) ?? this.#downloaded;
  }

  /** Where the bytes are. While the file is downloaded, that is its part. */
  get path(): string {
    return this.growing?.part ?? this.uri.fsPath;
  }

  settled(): Promise<OpenedTable> {
    return this.file.settled();
  }

  /** @throws ExportError `invalidRequest` for a row of an archive */
  pathOf(): Promise<string> {
    return this.file.isUnpacked ? Promise.reject(noText()) : Promise.resolve(this.path);
  }

  listen(listener: DocumentListener): { dispose(): void } {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  /** Sets whether any of its tabs is visible. */
  setVisible(isVisible: boolean): void {
    this.#watch.setVisible(isVisible);
  }

  /** Everything that tabs show, as soon as the start of the file is read. */
  async view(): Promise<DocumentView> {
    const opened = await this.file.settled();
    const isMissing = opened.kind === "problem" && opened.problem.kind === "missing";
    if (isMissing && this.#download.lookAgain()) return this.view();
    const fileName = basename(this.growing?.path ?? this.uri.fsPath);
    return { fileName, ...defined({ notice: this.#notice }), content: this.#content(opened) };
  }

  /** Reads the file in another way. `asker` gets the view as the answer; all other tabs get an event. */
  async readAs(readAs: ReadAs, asker: DocumentListener): Promise<DocumentView> {
    const { anyBytes } = this.file.spec.readAs;
    await this.#reread({ readAs: { ...readAs, ...defined({ anyBytes }) } });
    const view = await this.view();
    this.#tell((listener) => {
      if (listener !== asker) listener.onView?.(view);
    });
    return view;
  }

  /** Reads bytes that look like no text as text. */
  async showAnyway(): Promise<void> {
    await this.#rereadAndTell({ readAs: { ...this.file.spec.readAs, anyBytes: true } });
  }

  /** Reads the file again from the start. */
  async reload(): Promise<void> {
    const { growing } = this;
    await this.#watch.rebase();
    // Only now: the watch may have been looking at the file, and have told that it changed.
    this.#setNotice(growing === undefined ? undefined : noticeOf(growing));
    await this.#rereadAndTell(
      growing === undefined ? await wholeFile(this.uri.fsPath) : sourceOf(this.uri.fsPath, growing),
    );
  }

  dispose(): void {
    this.#download.dispose();
    this.#watch.stop();
    this.#detection.dispose();
    this.#listening.dispose();
    this.#listeners.clear();
    this.#reference.dispose();
  }

  #content(opened: OpenedTable): DocumentView["content"] {
    if (opened.kind === "problem") {
      return { ...opened, actions: problemActions(opened.problem, this.#role) };
    }
    const layout = this.#parts.state.layout(opened.shape.columns);
    const position = this.#parts.state.position(this.uri.toString());
    return { ...opened, ...defined({ layout, position }) };
  }

  get #role(): FileRole {
    return {
      isGrowing: this.growing !== undefined,
      isExport: this.taskFile !== undefined,
      isUnpacked: this.file.isUnpacked,
    };
  }

  #downloadChanged(changed: UnfinishedFile, startedOver: boolean): void {
    this.#watch.stop();
    const { path, part, bytes, state } = changed;
    this.#discarded = state.kind === "gone" ? changed : undefined;
    switch (state.kind) {
      case "growing":
      case "paused":
      case "failed":
        this.#setNotice(noticeOf(changed));
        this.#readMore({ path: part, size: bytes, growing: isGrowing(changed) }, startedOver);
        break;
      case "gone":
        this.#setNotice(noticeOf(changed));
        this.file.grew({ growing: false });
        break;
      case "placed":
        this.#downloaded = changed;
        this.#setNotice(undefined);
        this.#readMore({ path, size: bytes, growing: false }, startedOver);
        if (path === this.uri.fsPath) this.#startWatch();
        else this.#parts.onPlacedElsewhere(path);
        break;
    }
  }

  #startWatch(): void {
    this.#watch.start();
    void this.#watch.compare(bytesRead(this.file));
  }

  #fileChanged(change: FileChange): void {
    if (change.kind === "grew") {
      this.#readMore({ path: this.uri.fsPath, size: change.size, growing: false }, false);
      return;
    }
    const isMissingExport = change.kind === "missing" && this.#role.isExport;
    this.#setNotice(isMissingExport ? { kind: "missing", isExport: true } : { kind: change.kind });
    if (change.kind === "changed") void quietly(this.#reloadProblem());
  }

  #readMore(source: Required<SourceGrowth>, startedOver: boolean): void {
    if (startedOver) {
      void quietly(this.#rereadAndTell(source));
      return;
    }
    this.file.grew(source);
    void quietly(this.#detection.grew(source));
  }

  /** If no rows would be lost, the file is read again without a question. */
  async #reloadProblem(): Promise<void> {
    if ((await this.file.settled()).kind === "problem") await this.reload();
  }

  async #rereadAndTell(change: Partial<TableSpec>): Promise<void> {
    await this.#reread(change);
    await this.#tellView();
  }

  async #reread(change: Partial<TableSpec>): Promise<void> {
    // A later reread ends this one. `view` then waits for the later one.
    await quietly(this.file.reread(change));
  }

  async #tellView(): Promise<void> {
    const view = await this.view();
    this.#tell((listener) => listener.onView?.(view));
  }

  #setNotice(notice: TableNotice | undefined): void {
    const before = this.#notice;
    this.#notice = notice;
    if (notice !== before) this.#tell((listener) => listener.onNotice?.(notice));
  }

  #tell(what: (listener: DocumentListener) => void): void {
    for (const listener of [...this.#listeners]) what(listener);
  }
}

function noText(): ExportError {
  return new ExportError("invalidRequest", t("The file is compressed. Unpack it to see the row in a text editor."));
}

/** Waits for work, and ignores that the tab was closed meanwhile. */
async function quietly(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!isCancelled(error)) throw error;
  }
}
