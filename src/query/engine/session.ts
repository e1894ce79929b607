import { type DuckDBConnection, type DuckDBDataChunk, DuckDBInstance, type DuckDBValue } from "@duckdb/node-api";
import { cancelled, throwIfCancelled } from "../../model/exportError.ts";
import type { Statement } from "../columnTables.ts";
import { isBeyondRepair, readableFailure } from "./engineFailures.ts";

/** The value of a field of a result, as the engine's package returns it. */
export type ResultValue = DuckDBValue;

export interface SessionOptions {
  readonly memoryLimitMiB: number;
  /** Where the engine puts what doesn't fit in memory. */
  readonly spillFolder: string;
  /** Ends the process, because a statement doesn't stop, or because the engine can't continue. */
  readonly endProcess: () => void;
}

/** How long a statement may continue after it was interrupted. */
const stuckAfterMs = 2_000;
/** An interrupt between two steps of a statement has no effect, so it is repeated. */
const interruptEveryMs = 50;

/**
 * A database in memory that runs our own statements, each on a connection of its own. It reads and writes files, so it
 * never runs a statement that a person wrote.
 */
export class Session {
  readonly #instance: DuckDBInstance;
  readonly #idle: DuckDBConnection[] = [];
  /** Ends the process. */
  readonly endProcess: () => void;

  private constructor(instance: DuckDBInstance, endProcess: () => void) {
    this.#instance = instance;
    this.endProcess = endProcess;
  }

  static async open({ memoryLimitMiB, spillFolder, endProcess }: SessionOptions): Promise<Session> {
    const instance = await DuckDBInstance.create(":memory:", {
      memory_limit: `${memoryLimitMiB}MiB`,
      temp_directory: spillFolder,
      autoinstall_known_extensions: "false",
      autoload_known_extensions: "false",
      allow_community_extensions: "false",
      preserve_insertion_order: "true",
    });
    return new Session(instance, endProcess);
  }

  /** Runs a statement that answers nothing. @throws ExportError `cancelled`, `queryTooLarge`, `diskFull`, `engineFailed` */
  async run(statement: Statement, signal: AbortSignal): Promise<void> {
    await this.#on(signal, (connection) => connection.run(statement.sql, [...statement.values]));
  }

  /** All rows of a result. @throws as `run` */
  rows(statement: Statement, signal: AbortSignal): Promise<ResultValue[][]> {
    return this.#on(signal, async (connection) => {
      const reader = await connection.runAndReadAll(statement.sql, [...statement.values]);
      return reader.getRows();
    });
  }

  /** Appends rows to a table, as they come. @throws as `run`, and what `chunks` throws */
  async append(table: string, chunks: AsyncIterable<DuckDBDataChunk>, signal: AbortSignal): Promise<void> {
    await this.#on(signal, async (connection) => {
      const appender = await connection.createAppender(table);
      try {
        for await (const chunk of chunks) appender.appendDataChunk(chunk);
        appender.flushSync();
      } finally {
        appender.closeSync();
      }
    });
  }

  close(): void {
    for (const connection of this.#idle.splice(0)) connection.closeSync();
    this.#instance.closeSync();
  }

  async #on<Result>(signal: AbortSignal, work: (connection: DuckDBConnection) => Promise<Result>): Promise<Result> {
    throwIfCancelled(signal);
    const connection = this.#idle.pop() ?? (await this.#instance.connect());
    try {
      return await interruptible(connection, { signal, onStuck: this.endProcess }, () => work(connection));
    } catch (error) {
      // The next statements would fail, too. What this one says is told first.
      if (isBeyondRepair(error)) setImmediate(this.endProcess);
      throw signal.aborted ? cancelled(error) : readableFailure(error);
    } finally {
      this.#idle.push(connection);
    }
  }
}

export interface Interruption {
  readonly signal: AbortSignal;
  /** Called if the statement doesn't stop. */
  readonly onStuck: () => void;
}

/** Interrupts a statement when the signal is aborted. */
export async function interruptible<Result>(
  connection: DuckDBConnection,
  { signal, onStuck }: Interruption,
  work: () => Promise<Result>,
): Promise<Result> {
  throwIfCancelled(signal);
  let repeated: NodeJS.Timeout | undefined;
  let stuck: NodeJS.Timeout | undefined;
  const interrupt = (): void => {
    connection.interrupt();
    repeated = setInterval(() => connection.interrupt(), interruptEveryMs);
    stuck = setTimeout(onStuck, stuckAfterMs);
  };
  signal.addEventListener("abort", interrupt, { once: true });
  try {
    return await work();
  } finally {
    clearInterval(repeated);
    clearTimeout(stuck);
    signal.removeEventListener("abort", interrupt);
  }
}
