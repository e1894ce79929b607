import { existsSync } from "node:fs";
import { basename } from "node:path";
import { isCancelled } from "../../model/exportError.ts";
import type { SourceGrowth, TableSpec } from "../../table/document/tableSpec.ts";
import type { OpenedTable, TableReader } from "../../table/tableReader.ts";
import type { ReadAs, TableProblem } from "../../table/tableTypes.ts";
import type { HostEvents, TableNotice, TableView } from "../../webview/table/messages.ts";
import type { UnfinishedFile, UnfinishedFiles } from "../downloads/unfinishedFiles.ts";
import { type FileChange, FileWatch } from "./fileWatch.ts";
import { UnfinishedFileFollower, isSameExport } from "./unfinishedFileFollower.ts";
import { growingAt, isGrowing, noticeOf, sourceOf, wholeFile } from "./unfinishedSource.ts";
import { problemActions } from "./problemActions.ts";
import type { TableState } from "./tableState.ts";
import { defined } from "../../model/defined.ts";

/** As much of VS Code's class as a document needs. */
export interface FileUri {
  readonly fsPath: string;
  toString(): string;
}

export interface DocumentParts {
  readonly createReader: (spec: TableSpec) => TableReader;
  readonly unfinished: UnfinishedFiles;
  readonly state: TableState;
  /** A download got another name than the one it is open under. */
  readonly onPlacedElsewhere: (path: string) => void;
}

/** What a document tells its panels. */
export type DocumentEvents = Omit<HostEvents, "command">;
export type DocumentListener = <Name extends keyof DocumentEvents>(name: Name, event: DocumentEvents[Name]) => void;

/** What may turn into a table when more of the file is there. */
const mayBecomeTable = new Set<TableProblem["kind"]>(["empty", "missing", "jsonText", "brokenJson"]);

/**
 * One file open as a table, in however many tabs: its reader, what becomes of the file meanwhile, and where it comes
 * from while it is still downloaded. A file that can't be read is a state of it, never an error.
 */
export class TableDocument<Uri extends FileUri = FileUri> {
  readonly uri: Uri;
  readonly reader: TableReader;
  readonly #parts: DocumentParts;
  readonly #listeners = new Set<DocumentListener>();
  readonly #growth: UnfinishedFileFollower;
  readonly #growthEvents: { dispose(): void };
  #watch: FileWatch | undefined;
  #visible = false;
  #notice: TableNotice | undefined;
  /** Why the table that was there is gone. */
  #lost: TableProblem | undefined;
  #isMissing = false;
  /** Bytes that were there when it was last tried whether the file is a table. */
  #triedBytes: number;
  #newest: Required<SourceGrowth> | undefined;

  constructor(uri: Uri, parts: DocumentParts) {
    this.uri = uri;
    this.#parts = parts;
    const growing = growingAt(uri.fsPath, parts.unfinished);
    this.#growth = new UnfinishedFileFollower(growing, {
      show: (each) => this.#showGrowth(each),
    });
    this.reader = parts.createReader({ ...sourceOf(uri.fsPath, growing), readAs: {} });
    this.#listenToReader();
    if (growing === undefined) this.#beginWatch();
    else this.#notice = noticeOf(growing);
    this.#triedBytes = growing?.bytes ?? 0;
    this.#growthEvents = parts.unfinished.listen((changed) => {
      if (this.growing === undefined ? this.#isAwaited(changed) : isSameExport(this.growing, changed))
        this.#follow(changed);
    });
  }

  /** The download that this file still comes from, running or not. */
  get growing(): UnfinishedFile | undefined {
    return this.#growth.current;
  }

  /** Where the bytes lie: a part while the file is downloaded. */
  get path(): string {
    return this.growing?.part ?? this.uri.fsPath;
  }

  listen(listener: DocumentListener): { dispose(): void } {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  /** Whether a person sees it in any tab. */
  setVisible(visible: boolean): void {
    this.#visible = visible;
    this.#watch?.setVisible(visible);
  }

  /** Everything about it as it stands when its beginning is read. */
  async view(): Promise<TableView> {
    const opened = await this.#opened();
    const notice = this.#notice === undefined ? {} : { notice: this.#notice };
    return { fileName: basename(this.growing?.path ?? this.uri.fsPath), ...notice, content: this.#content(opened) };
  }

  /** Reads the file in another way; `asker` gets the view as the answer, all other panels are told. */
  async readAs(readAs: ReadAs, asker: DocumentListener): Promise<TableView> {
    await this.#reread({ readAs });
    const view = await this.view();
    this.#tell("view", view, asker);
    return view;
  }

  /** Reads the file again from its beginning. */
  async reload(): Promise<void> {
    const { growing } = this;
    const watching = this.#watch?.rebase();
    this.#setNotice(growing === undefined ? undefined : noticeOf(growing));
    await watching;
    await this.#reread(growing === undefined ? await wholeFile(this.uri.fsPath) : sourceOf(this.uri.fsPath, growing));
    this.#tell("view", await this.view());
  }

  dispose(): void {
    this.#growthEvents.dispose();
    this.#growth.dispose();
    this.#watch?.dispose();
    this.#listeners.clear();
    void this.reader.dispose();
  }

  #listenToReader(): void {
    this.reader.listen({
      onShape: (shape) => this.#tell("shape", shape),
      onProgress: (progress) => this.#tell("progress", progress),
      onFind: (progress) => this.#tell("find", progress),
      onProblem: (problem) => {
        this.#lost = problem;
        void quietly(this.#tellView());
      },
    });
    // A tab that is closed at once never asks for it.
    void quietly(this.reader.opened);
  }

  /** Reading in another way may begin while this waits for the one before. */
  async #opened(): Promise<OpenedTable> {
    for (;;) {
      const { opened } = this.reader;
      const answer = await opened.catch((error: unknown) => {
        if (opened === this.reader.opened) throw error;
      });
      if (answer === undefined || opened !== this.reader.opened) continue;
      const known: OpenedTable = this.#lost === undefined ? answer : { kind: "problem", problem: this.#lost };
      this.#isMissing = known.kind === "problem" && known.problem.kind === "missing";
      const found =
        this.#isMissing && this.growing === undefined ? growingAt(this.uri.fsPath, this.#parts.unfinished) : undefined;
      if (found !== undefined) this.#follow(found);
      if (opened === this.reader.opened) return known;
    }
  }

  #content(opened: OpenedTable): TableView["content"] {
    if (opened.kind === "problem") {
      return { ...opened, actions: problemActions(opened.problem, this.growing !== undefined) };
    }
    const layout = this.#parts.state.layout(opened.shape.columns);
    const position = this.#parts.state.position(this.uri.toString());
    const progress = this.reader.progress ?? opened.progress;
    const kept = { ...defined({ layout }), ...defined({ position }) };
    return { ...opened, progress, ...kept };
  }

  async #reread(change: Partial<TableSpec>): Promise<void> {
    this.#lost = undefined;
    if (change.size !== undefined) this.#triedBytes = change.size;
    // One that begins after this ends this; who waits for the view waits for that one then.
    await quietly(this.reader.reread(change));
  }

  #follow(changed: UnfinishedFile): void {
    this.#watch?.dispose();
    this.#watch = undefined;
    this.#growth.take(changed);
  }

  /** Whether this is the file that is missing here: a download that was interrupted is found some time after the start. */
  #isAwaited({ path, part, state }: UnfinishedFile): boolean {
    if (state.kind === "placed" || state.kind === "gone") return false;
    if (part === this.uri.fsPath) return true;
    return path === this.uri.fsPath && (this.#isMissing || this.#notice?.kind === "missing") && !existsSync(path);
  }

  #showGrowth(changed: UnfinishedFile): void {
    const { path, part, bytes, state } = changed;
    if (state.kind === "placed") {
      this.#settle({ path, size: bytes, growing: false });
      return;
    }
    this.#setNotice(state.kind === "gone" ? { kind: "missing" } : noticeOf(changed));
    if (state.kind === "gone") this.reader.grew({ growing: false });
    else this.#takeGrowth({ path: part, size: bytes, growing: isGrowing(changed) });
  }

  /** The file is whole: the same bytes under their own name. */
  #settle(whole: Required<SourceGrowth>): void {
    this.#setNotice(undefined);
    this.#takeGrowth(whole);
    if (whole.path === this.uri.fsPath) this.#beginWatch();
    else this.#parts.onPlacedElsewhere(whole.path);
  }

  #takeGrowth(growth: Required<SourceGrowth>): void {
    if (this.#growth.beganAnew) void quietly(this.#rereadAndTell(growth));
    else void quietly(this.#grew(growth));
  }

  /** What was no table is tried again whenever there is twice as much of it, and when it is whole. */
  async #grew(growth: Required<SourceGrowth>): Promise<void> {
    this.reader.grew(growth);
    const isUnderWay = this.#newest !== undefined;
    this.#newest = growth;
    while (!isUnderWay && this.#newest !== undefined) {
      const opened = await this.#opened();
      const newest: Required<SourceGrowth> = this.#newest;
      const worthATry = newest.size >= 2 * this.#triedBytes || !newest.growing;
      if (opened.kind === "problem" && mayBecomeTable.has(opened.problem.kind) && worthATry)
        await this.#rereadAndTell(newest);
      if (this.#newest === newest) this.#newest = undefined;
    }
  }

  #beginWatch(): void {
    this.#watch = new FileWatch(this.uri.fsPath, (change) => this.#fileChanged(change));
    this.#watch.setVisible(this.#visible);
  }

  #fileChanged(change: FileChange): void {
    if (change.kind === "grew") void quietly(this.#grew({ path: this.uri.fsPath, size: change.size, growing: false }));
    else this.#setNotice({ kind: change.kind });
    if (change.kind === "changed") void quietly(this.#reloadProblem());
  }

  /** Where there are no rows to lose, nobody has to press a button to see what is there now. */
  async #reloadProblem(): Promise<void> {
    if ((await this.#opened()).kind === "problem") await this.reload();
  }

  async #rereadAndTell(change: Partial<TableSpec>): Promise<void> {
    await this.#reread(change);
    await this.#tellView();
  }

  async #tellView(): Promise<void> {
    this.#tell("view", await this.view());
  }

  #setNotice(notice: TableNotice | undefined): void {
    const before = this.#notice;
    this.#notice = notice;
    if (notice !== before) this.#tell("notice", notice ?? null);
  }

  #tell<Name extends keyof DocumentEvents>(name: Name, event: DocumentEvents[Name], except?: DocumentListener): void {
    for (const listener of this.#listeners) if (listener !== except) listener(name, event);
  }
}

/** Waits for work whose end by the person, who closed the tab, is no failure. */
async function quietly(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!isCancelled(error)) throw error;
  }
}
