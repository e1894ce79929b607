import { untilCancelled } from "../../model/untilCancelled.ts";
import type { Statement } from "../columnTables.ts";
import { engineFailed } from "../queryErrors.ts";
import type { Session } from "./session.ts";

export interface NewOrder {
  /** Selects the row numbers, as `number`, in their order. */
  readonly statement: Statement;
  /** The first of them. */
  readonly first: readonly number[];
  /** Called when the statement doesn't need its columns any more. */
  readonly onEnd: () => void;
}

/** An order of rows: a table with the row number at each position. */
class Order {
  readonly table: string;
  readonly ended = new AbortController();
  readonly created: Promise<void>;
  readonly first: readonly number[];

  constructor(session: Session, table: string, { statement, first, onEnd }: NewOrder) {
    this.table = table;
    this.first = first;
    const create = { ...statement, sql: `CREATE TABLE ${table} AS ${statement.sql}` };
    this.created = session.run(create, this.ended.signal).finally(onEnd);
    // Whoever needs the order gets the failure. Perhaps nobody does.
    this.created.catch(() => undefined);
  }
}

/** The orders that tabs show. Each is dropped when its tab doesn't need it any more. */
export class Orders {
  readonly #session: Session;
  readonly #orders = new Map<number, Order>();

  constructor(session: Session) {
    this.#session = session;
  }

  /** Begins to make an order. */
  add(order: number, added: NewOrder): void {
    this.#orders.set(order, new Order(this.#session, `order_${order}`, added));
  }

  async numbers(order: number, from: number, count: number, signal: AbortSignal): Promise<number[]> {
    const { first } = this.#known(order);
    if (from + count <= first.length) return first.slice(from, from + count);
    const table = await this.#complete(order, signal);
    const sql = `SELECT number FROM ${table} WHERE rowid >= $1 AND rowid < $2 ORDER BY rowid`;
    return (await this.#session.rows({ sql, values: [from, from + count] }, signal)).map(([number]) => Number(number));
  }

  /** -1 for a row that isn't part of the order. */
  async positions(order: number, rows: readonly number[], signal: AbortSignal): Promise<number[]> {
    const table = await this.#complete(order, signal);
    const list = rows.map(Number).join(", ");
    const sql = `SELECT number, rowid FROM ${table} WHERE number IN (${list})`;
    const found = rows.length === 0 ? [] : await this.#session.rows({ sql, values: [] }, signal);
    const positions = new Map(found.map(([number, position]) => [Number(number), Number(position)]));
    return rows.map((row) => positions.get(row) ?? -1);
  }

  async drop(order: number): Promise<void> {
    const dropped = this.#orders.get(order);
    if (dropped === undefined) return;
    this.#orders.delete(order);
    dropped.ended.abort();
    await dropped.created.catch(() => undefined);
    await this.#session.run({ sql: `DROP TABLE IF EXISTS ${dropped.table}`, values: [] }, new AbortController().signal);
  }

  async #complete(order: number, signal: AbortSignal): Promise<string> {
    const { created, table } = this.#known(order);
    await untilCancelled(created, signal);
    return table;
  }

  #known(order: number): Order {
    const known = this.#orders.get(order);
    if (known === undefined) throw engineFailed(new Error("The order is not known."));
    return known;
  }
}
