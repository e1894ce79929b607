import * as v from "valibot";
import type { Memento } from "vscode";

const historyKey = "queryHistory";
const savedKey = "savedQueries";
/** Statements of all kinds. The one that ran longest ago is dropped first. */
const mostStatements = 300;
const mostOfKind = 50;
const mostSaved = 500;
const longestStatement = 20_000;

const ranSchema = v.object({ kind: v.string(), sql: v.string(), at: v.string(), rows: v.exactOptional(v.number()) });
const savedSchema = v.object({ kind: v.string(), name: v.string(), sql: v.string() });

/** A statement that ran. Its kind is that of the export. */
export type RanStatement = v.InferOutput<typeof ranSchema>;

/** A text of SQL that was saved under a name, for exports of one kind. */
export type SavedQuery = v.InferOutput<typeof savedSchema>;

/** Remembers which statements ran and which queries were saved, for each kind of export. Keeps no results. */
export class QueryHistory {
  readonly #state: Memento;

  constructor(state: Memento) {
    this.#state = state;
  }

  /** The statements that ran for a kind of export, the last one first. */
  ran(kind: string): RanStatement[] {
    return this.#allRan()
      .filter((one) => one.kind === kind)
      .reverse();
  }

  /** A statement that ran before is only moved to the end. */
  add(statement: RanStatement): void {
    const { kind, sql } = statement;
    if (sql.length > longestStatement) return;
    const others = this.#allRan().filter((one) => one.kind !== kind || one.sql !== sql);
    const ofKind = others.filter((one) => one.kind === kind);
    const dropped = new Set(ofKind.slice(0, Math.max(0, ofKind.length - mostOfKind + 1)));
    const kept = [...others.filter((one) => !dropped.has(one)), statement];
    void this.#state.update(historyKey, kept.slice(-mostStatements));
  }

  forget(kind: string): void {
    void this.#state.update(
      historyKey,
      this.#allRan().filter((one) => one.kind !== kind),
    );
  }

  /** The queries that were saved for a kind of export, by name. */
  saved(kind: string): SavedQuery[] {
    return this.#allSaved()
      .filter((one) => one.kind === kind)
      .sort((one, other) => one.name.localeCompare(other.name));
  }

  /** Replaces a query with the same name. Returns false if there are too many. */
  save(query: SavedQuery): boolean {
    const others = this.#without(query);
    if (others.length >= mostSaved) return false;
    void this.#state.update(savedKey, [...others, query]);
    return true;
  }

  deleteSaved(query: Pick<SavedQuery, "kind" | "name">): void {
    void this.#state.update(savedKey, this.#without(query));
  }

  #without({ kind, name }: Pick<SavedQuery, "kind" | "name">): SavedQuery[] {
    return this.#allSaved().filter((one) => one.kind !== kind || one.name !== name);
  }

  #allRan(): RanStatement[] {
    return entriesIn(ranSchema, this.#state.get(historyKey));
  }

  #allSaved(): SavedQuery[] {
    return entriesIn(savedSchema, this.#state.get(savedKey));
  }
}

/** Nothing for an entry that is damaged, which must not hide the others. */
function entriesIn<Entry>(schema: v.GenericSchema<unknown, Entry>, stored: unknown): Entry[] {
  if (!Array.isArray(stored)) return [];
  return stored.flatMap((entry: unknown) => {
    const parsed = v.safeParse(schema, entry);
    return parsed.success ? [parsed.output] : [];
  });
}
