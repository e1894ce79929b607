import assert from "node:assert/strict";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import type { TestContext } from "node:test";
import type { SortKey } from "../../../../src/model/queryContract.ts";
import type { EngineHostParts } from "../../../../src/query/host/engineHost.ts";
import { exportSourceOf } from "../../../../src/query/host/exportSourceOf.ts";
import { QueryEngine } from "../../../../src/query/host/queryEngine.ts";
import { OpenFile } from "../../../../src/table/file/openFile.ts";
import { UnpackFolder } from "../../../../src/table/unpack/unpackFolder.ts";
import { type RowNumber, rowPosition } from "../../../../src/table/view/rowIdentity.ts";
import type { RowOrder } from "../../../../src/table/view/rowOrder.ts";
import { tablePrograms } from "../../table/file/tablePrograms.ts";
import { enginePrograms } from "../host/enginePrograms.ts";

const { signal } = new AbortController();

/** Engines in processes of their own and the files that they read, until the test ends. */
export class Engines {
  readonly folder: string;
  readonly #opened: { dispose(): unknown }[] = [];

  static async create(context: TestContext): Promise<Engines> {
    const engines = new Engines(await mkdtemp(path.join(os.tmpdir(), "task-exports-engines-")));
    context.after(() => engines.dispose());
    return engines;
  }

  private constructor(folder: string) {
    this.folder = folder;
  }

  get cache(): string {
    return path.join(this.folder, "cache");
  }

  get work(): string {
    return path.join(this.folder, "work");
  }

  start(parts: Partial<EngineHostParts> = {}): QueryEngine {
    const engine = new QueryEngine({
      programs: enginePrograms,
      workFolder: new UnpackFolder(this.work),
      cacheFolder: this.cache,
      limits: () => ({ memoryLimitMiB: 512, cacheLimitMiB: 100 }),
      ...parts,
    });
    this.#opened.push(engine);
    return engine;
  }

  async open(name: string, text: string): Promise<OpenFile> {
    const file = path.join(this.folder, name);
    await writeFile(file, text);
    const open = new OpenFile({ path: file, growing: false, readAs: {} }, tablePrograms);
    this.#opened.push(open);
    return open;
  }

  async dispose(): Promise<void> {
    for (const each of this.#opened.splice(0).reverse()) await each.dispose();
    await rm(this.folder, { recursive: true, maxRetries: 5 });
  }
}

/** So many rows with the columns `name` and `amount`, whose amounts fall from the number of rows to 1. */
export function fallingAmounts(rows: number, name = "n"): string {
  const lines = Array.from({ length: rows }, (_, row) => `${name}${row % 1_000},${rows - row}`);
  return `name,amount\n${lines.join("\n")}\n`;
}

export async function sort(
  engine: QueryEngine,
  file: OpenFile,
  by: readonly SortKey[] = [{ column: "amount" }],
  stop: AbortSignal = signal,
): Promise<RowOrder> {
  return engine.arrange({ source: await exportSourceOf(file, signal), sort: by, filter: null }, { signal: stop });
}

export async function ask(engine: QueryEngine, sql: string, file?: OpenFile, stop = signal): Promise<unknown[][]> {
  const exports = file === undefined ? [] : [{ name: "export", source: await exportSourceOf(file, signal) }];
  return (await engine.query({ sql, exports, maxRows: 10 }, { signal: stop })).rows;
}

/** Asserts that an order of falling amounts is right at its end, which the engine looks up. */
export async function assertSorted(order: RowOrder): Promise<void> {
  const numbers = await order.numbers(rowPosition(order.rows - 3), 3, signal);
  assert.deepEqual(numbers, [2, 1, 0] satisfies number[] as readonly number[] as readonly RowNumber[]);
}

export async function processOf(engine: QueryEngine): Promise<number> {
  const id = (await engine.host.running)?.processId;
  assert.ok(id);
  return id;
}

/** The paths below a folder of files whose names end so. */
export async function filesIn(folder: string, end = ""): Promise<string[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = found.filter((entry) => entry.isFile() && entry.name.endsWith(end));
  return files.map((entry) => path.join(entry.parentPath, entry.name));
}

/** Waits until something is so. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 10));
}
