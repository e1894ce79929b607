import { createHash } from "node:crypto";
import * as v from "valibot";
import type { Disposable, Memento } from "vscode";
import type { Column } from "../../table/tableTypes.ts";
import type { Arrangement, GridLayout, GridPosition } from "../../webview/table/messages.ts";
import { arrangementShape, keptPositionShape, layoutShape, percent } from "./requestShapes.ts";

const mostLayouts = 100;
const mostPositions = 200;
/** The name of the only entry for the pane. */
const detail = "detail";
/** The name of the only entry for histograms in headers. */
const histograms = "headers";
/** A column that is being resized sends many layouts per second. */
const writeAfterMs = 500;

/** Remembers how tables were laid out and where the user was. Of their content, it keeps only the names of
 * columns, and the values that they were filtered by. */
export class TableState implements Disposable {
  readonly #layouts: KeptEntries<GridLayout>;
  readonly #positions: KeptEntries<GridPosition>;
  readonly #arrangements: KeptEntries<Arrangement>;
  readonly #detailSize: KeptEntries<number>;
  readonly #histograms: KeptEntries<boolean>;

  constructor(state: Memento) {
    this.#layouts = new KeptEntries(state, "tableLayouts", layoutShape(), mostLayouts);
    this.#positions = new KeptEntries(state, "tablePositions", keptPositionShape, mostPositions);
    this.#arrangements = new KeptEntries(state, "tableArrangements", arrangementShape, mostLayouts);
    this.#detailSize = new KeptEntries(state, "tableDetailSize", percent, 1);
    this.#histograms = new KeptEntries(state, "tableHistograms", v.boolean(), 1);
  }

  /** The layout of files with the same columns. */
  layout(columns: readonly Column[]): GridLayout | undefined {
    return this.#layouts.get(kindOf(columns));
  }

  keepLayout(columns: readonly Column[], layout: GridLayout): void {
    this.#layouts.keep(kindOf(columns), layout);
  }

  /** How rows of files with the same columns were sorted and filtered. */
  arrangement(columns: readonly Column[]): Arrangement | undefined {
    return this.#arrangements.get(kindOf(columns));
  }

  /** @param arrangement undefined for the order of the file */
  keepArrangement(columns: readonly Column[], arrangement: Arrangement | undefined): void {
    if (arrangement === undefined) this.#arrangements.forget(kindOf(columns));
    else this.#arrangements.keep(kindOf(columns), arrangement);
  }

  /** @param file its URI */
  position(file: string): GridPosition | undefined {
    return this.#positions.get(file);
  }

  keepPosition(file: string, position: GridPosition): void {
    this.#positions.keep(file, position);
  }

  /** The size of the detail pane that the user chose, in percent. */
  get detailSize(): number | undefined {
    return this.#detailSize.get(detail);
  }

  keepDetailSize(size: number | undefined): void {
    if (size === undefined) this.#detailSize.forget(detail);
    else this.#detailSize.keep(detail, size);
  }

  /** Whether the user wants histograms in headers. */
  get showsHistograms(): boolean {
    return this.#histograms.get(histograms) ?? false;
  }

  keepHistograms(shown: boolean): void {
    this.#histograms.keep(histograms, shown);
  }

  dispose(): void {
    this.#layouts.dispose();
    this.#positions.dispose();
    this.#arrangements.dispose();
    this.#detailSize.dispose();
    this.#histograms.dispose();
  }
}

function kindOf(columns: readonly Column[]): string {
  const names = JSON.stringify(columns.map(({ name }) => name));
  return createHash("sha256").update(names).digest("hex").slice(0, 16);
}

/** A limited number of entries under one key of a memento; the one that was used longest ago is dropped first. */
class KeptEntries<Value> implements Disposable {
  readonly #state: Memento;
  readonly #key: string;
  readonly #most: number;
  readonly #entries: Map<string, Value>;
  #writing: NodeJS.Timeout | undefined;

  constructor(state: Memento, key: string, shape: v.GenericSchema<unknown, Value>, most: number) {
    this.#state = state;
    this.#key = key;
    this.#most = most;
    const kept = v.safeParse(v.array(v.tuple([v.string(), shape])), state.get(key));
    this.#entries = new Map(kept.success ? kept.output : []);
  }

  get(name: string): Value | undefined {
    const value = this.#entries.get(name);
    if (value !== undefined) this.#putLast(name, value);
    return value;
  }

  keep(name: string, value: Value): void {
    this.#putLast(name, value);
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= this.#most) break;
      this.#entries.delete(oldest);
    }
    this.#writeLater();
  }

  forget(name: string): void {
    if (this.#entries.delete(name)) this.#writeLater();
  }

  dispose(): void {
    if (this.#writing !== undefined) this.#write();
  }

  #putLast(name: string, value: Value): void {
    this.#entries.delete(name);
    this.#entries.set(name, value);
  }

  #writeLater(): void {
    this.#writing ??= setTimeout(() => this.#write(), writeAfterMs);
  }

  #write(): void {
    clearTimeout(this.#writing);
    this.#writing = undefined;
    void this.#state.update(this.#key, [...this.#entries]);
  }
}
