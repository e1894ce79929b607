import { throwIfCancelled } from "../../model/exportError.ts";
import type { Statement } from "../columnTables.ts";
import type { ColumnProfile } from "../../model/queryContract.ts";
import type {
  ArrangeRequest,
  ColumnValuesRequest,
  EngineRequests,
  ProfileRequest,
  SaveRowsRequest,
} from "../engineMessages.ts";
import { columnValues, type CountedValues } from "../statements/columnValues.ts";
import { neededColumns } from "../statements/neededColumns.ts";
import { profileColumn } from "../statements/profileStatements.ts";
import type { Run } from "../statements/statementRows.ts";
import { countStatement, orderStatement } from "../statements/orderStatement.ts";
import { viewStatement } from "../statements/viewStatement.ts";
import type { ColumnStore, StoreOptions } from "./columnStore.ts";
import type { Orders } from "./orders.ts";
import type { Session } from "./session.ts";
import { wantedRows } from "./wantedRows.ts";

/** How many rows of an order are known at once, before all rows are sorted. */
const firstRows = 1_000;

type Arranged = EngineRequests["arrange"]["answer"];

/** What the engine does with exports. */
export class Engine {
  readonly #session: Session;
  readonly #columns: ColumnStore;
  readonly #orders: Orders;

  constructor(session: Session, columns: ColumnStore, orders: Orders) {
    this.#session = session;
    this.#columns = columns;
    this.#orders = orders;
  }

  /** Sorts and filters. The first rows are found first, because that takes a tenth of the time. */
  arrange(order: number, request: ArrangeRequest, options: StoreOptions): Promise<Arranged> {
    return this.#columns.readable([request.source.key], () => this.#arrange(order, request, options));
  }

  async #arrange(order: number, { source, sort, filter }: ArrangeRequest, options: StoreOptions): Promise<Arranged> {
    const { names, choice } = wantedRows({ source, sort, filter });
    const { tables, release: onEnd } = await this.#columns.lease(source, neededColumns(choice, names), options);
    const { signal } = options;
    try {
      const columns = { names, tables };
      const first = await this.#numbers(orderStatement(choice, columns, firstRows), signal);
      const rows = await this.#rows(first, filter === null ? source.rows : countStatement(choice, columns), signal);
      throwIfCancelled(signal);
      this.#orders.add(order, { statement: orderStatement(choice, columns), first, onEnd });
      return { rows, first };
    } catch (error) {
      onEnd();
      throw error;
    }
  }

  /** Profiles columns, one after the other. @param onProfile called with each as soon as it is ready */
  profile(
    request: ProfileRequest,
    options: StoreOptions,
    onProfile: (column: number, profile: ColumnProfile) => void,
  ): Promise<ColumnProfile[]> {
    return this.#columns.readable([request.source.key], () => this.#profile(request, options, onProfile));
  }

  async #profile(
    { source, columns, filter }: ProfileRequest,
    options: StoreOptions,
    onProfile: (column: number, profile: ColumnProfile) => void,
  ): Promise<ColumnProfile[]> {
    const { names, choice } = wantedRows({ source, filter });
    const profiles: ColumnProfile[] = [];
    const visits = this.#columns.visit(source, columns, neededColumns(choice, names), options);
    for await (const { column, tables } of visits) {
      const profile = await profileColumn(column, choice, { names, tables }, this.#run(options.signal));
      onProfile(column, profile);
      profiles.push(profile);
    }
    return profiles;
  }

  /** The different values of a column. */
  columnValues(request: ColumnValuesRequest, signal: AbortSignal): Promise<CountedValues> {
    return this.#columns.readable([request.source.key], () => this.#columnValues(request, signal));
  }

  async #columnValues(
    { source, column, filter, ...wanted }: ColumnValuesRequest,
    signal: AbortSignal,
  ): Promise<CountedValues> {
    const { names, choice } = wantedRows({ source, filter });
    const needed = [...neededColumns(choice, names), { column, form: "text" } as const];
    const { tables, release } = await this.#columns.lease(source, needed, { signal, onProgress: () => undefined });
    try {
      return await columnValues(column, { ...choice, ...wanted }, { names, tables }, this.#run(signal));
    } finally {
      release();
    }
  }

  /** A statement that a person can run as a query. */
  async viewSql(
    { source, columns, sort, filter }: Omit<SaveRowsRequest, "target">,
    options: StoreOptions,
  ): Promise<string> {
    const { names, choice } = wantedRows({ source, sort, filter });
    const { tables, release } = await this.#columns.lease(source, neededColumns(choice, names), options);
    try {
      return viewStatement(choice, { names, tables }, columns);
    } finally {
      release();
    }
  }

  #run(signal: AbortSignal): Run {
    return (statement) => this.#session.rows(statement, signal);
  }

  async #rows(first: readonly number[], counted: number | Statement, signal: AbortSignal): Promise<number> {
    if (typeof counted === "number") return counted;
    if (first.length < firstRows) return first.length;
    const [[count] = []] = await this.#session.rows(counted, signal);
    return Number(count);
  }

  async #numbers(statement: Statement, signal: AbortSignal): Promise<number[]> {
    return (await this.#session.rows(statement, signal)).map(([number]) => Number(number));
  }
}
