import process from "node:process";
import { type DuckDBConnection, type DuckDBDataChunk, DuckDBInstance, type DuckDBValue } from "@duckdb/node-api";
import { cancelled, throwIfCancelled } from "../../model/exportError.ts";
import type { Statement } from "../columnTables.ts";
import { exitOfStuckEngine } from "../engineMessages.ts";
import { readableFailure } from "./engineFailures.ts";

/** The value of a field of a result, as the engine's package returns it. */
export type ResultValue = DuckDBValue;

export interface SessionOptions {
  readonly memoryLimitMiB: number;
  /** Where the engine puts what doesn't fit in memory. */
  readonly spillFolder: string;
}

/** How long a statement may continue after it was interrupted. */
const stuckAfterMs = 2_000;

/**
 * A database in memory that runs our own statements, each on a connection of its own. It reads and writes files, so it
 * never runs a statement that a person wrote.
 */
export class Session {
  readonly #instance: DuckDBInstance;
  readonly #idle: DuckDBConnection[] = [];

  private constructor(instance: DuckDBInstance) {
    this.#instance = instance;
  }

  static async open({ memoryLimitMiB, spillFolder }: SessionOptions): Promise<Session> {
    const instance = await DuckDBInstance.create(":memory:", {
      memory_limit: `${memoryLimitMiB}MiB`,
      temp_directory: spillFolder,
      autoinstall_known_extensions: "false",
      autoload_known_extensions: "false",
      allow_community_extensions: "false",
      preserve_insertion_order: "true",
    });
    return new Session(instance);
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
      return await interruptible(connection, signal, () => work(connection));
    } catch (error) {
      throw signal.aborted ? cancelled(error) : readableFailure(error);
    } finally {
      this.#idle.push(connection);
    }
  }
}

/** Interrupts a statement when the signal is aborted. One that doesn't stop ends with the process. */
export async function interruptible<Result>(
  connection: DuckDBConnection,
  signal: AbortSignal,
  work: () => Promise<Result>,
): Promise<Result> {
  let stuck: NodeJS.Timeout | undefined;
  const interrupt = (): void => {
    connection.interrupt();
    stuck = setTimeout(() => process.exit(exitOfStuckEngine), stuckAfterMs);
  };
  signal.addEventListener("abort", interrupt, { once: true });
  if (signal.aborted) interrupt();
  try {
    return await work();
  } finally {
    clearTimeout(stuck);
    signal.removeEventListener("abort", interrupt);
  }
}
