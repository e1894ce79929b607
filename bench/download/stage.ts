import { rmSync } from "node:fs";
import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import { BenchProgram } from "../benchProgram.ts";
import { type CurlReading, runCurl } from "./curl.ts";
import type { OurJob, OurReading } from "./ourClient.ts";
import type { StoreReady } from "./store.ts";
import { addressOf, type StoredFile } from "./storedFile.ts";

export type Line = "plain" | "tls";

/** What both programs fetch. */
export interface Load {
  readonly line: Line;
  readonly files: readonly StoredFile[];
  readonly parallelFiles: number;
  /** How many ranges of a file our client fetches in parallel; default 1. curl always uses one request. */
  readonly parallelRanges?: number | "auto";
}

/** The store, our client and a folder on the disk, for as long as a bench takes. */
export class Stage {
  readonly folder: string;
  readonly caFile: string;
  readonly #store: BenchProgram;
  readonly #origins: StoreReady;
  readonly #client: BenchProgram;

  private constructor(folder: string, caFile: string, store: BenchProgram, origins: StoreReady, client: BenchProgram) {
    this.folder = folder;
    this.caFile = caFile;
    this.#store = store;
    this.#origins = origins;
    this.#client = client;
  }

  /** @param profileFolder where our client writes a CPU profile of its main thread when it ends */
  static async open(profileFolder?: string): Promise<Stage> {
    const folder = await mkdtemp(path.join(os.tmpdir(), "task-exports-bench-"));
    removeAtExit(folder);
    const caFile = path.join(folder, "ca.pem");
    const store = new BenchProgram(new URL("store.ts", import.meta.url));
    const origins = (await store.next()) as StoreReady;
    await writeFile(caFile, origins.ca);
    const profiling =
      profileFolder === undefined ? [] : ["--cpu-prof", `--cpu-prof-dir=${path.resolve(profileFolder)}`];
    const client = new BenchProgram(new URL("ourClient.ts", import.meta.url), [caFile], profiling);
    await client.next();
    return new Stage(folder, caFile, store, origins, client);
  }

  addresses({ line, files }: Pick<Load, "line" | "files">): { name: string; url: string }[] {
    return files.map((file) => ({ name: file.name, url: addressOf(this.#origins[line], file) }));
  }

  async ours(load: Load, hash: boolean): Promise<OurReading> {
    return this.#inFolder(load, async (folder) => {
      const { parallelFiles, parallelRanges = 1 } = load;
      const job: OurJob = { files: this.addresses(load), folder, parallelFiles, hash, parallelRanges };
      const answer = (await this.#client.ask(job)) as OurReading | { failure: string };
      if ("failure" in answer) throw new Error(`Our download failed: ${answer.failure}`);
      return answer;
    });
  }

  async curls(load: Load): Promise<CurlReading> {
    const { parallelFiles } = load;
    return this.#inFolder(load, (folder) =>
      runCurl({
        files: this.addresses(load),
        folder,
        caFile: this.caFile,
        ...(load.files.length > 1 ? { parallelFiles } : {}),
      }),
    );
  }

  /** curl without a target file: how fast the store can be. */
  async ceiling(load: Load): Promise<CurlReading> {
    return runCurl({ files: this.addresses(load), caFile: this.caFile });
  }

  async close(): Promise<void> {
    await this.#client.close();
    await this.#store.close();
  }

  /** Runs work with a new folder, checks that all files are complete, and removes them. */
  async #inFolder<Reading>({ files }: Load, work: (folder: string) => Promise<Reading>): Promise<Reading> {
    const folder = await mkdtemp(path.join(this.folder, "files-"));
    try {
      const reading = await work(folder);
      for (const { name, bytes } of files) {
        const { size } = await stat(path.join(folder, name));
        if (size !== bytes) throw new Error(`${name} has ${size} bytes instead of ${bytes}.`);
      }
      return reading;
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
}

/** Gigabytes must be removed, however the benchmark ends. */
function removeAtExit(folder: string): void {
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => process.exit(128 + os.constants.signals[signal]));
  }
}
