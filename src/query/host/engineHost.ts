import { fileURLToPath } from "node:url";
import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import path from "node:path";
import { t } from "@vscode/l10n";
import { makeFolder } from "../../disk/folders.ts";
import { cancelled, ExportError } from "../../model/exportError.ts";
import { untilCancelled } from "../../model/untilCancelled.ts";
import type { UnpackFolder } from "../../table/unpack/unpackFolder.ts";
import type { SentenceBundle } from "../../table/worker/tableMessages.ts";
import type { EngineStart } from "../engineMessages.ts";
import { engineMissing } from "../queryErrors.ts";
import { EngineProcess, type ProgressListener } from "./engineProcess.ts";

export interface EnginePrograms {
  /** The program of the engine's process. */
  readonly engine: URL;
  /** The engine's native library, which only packages for one kind of computer have. */
  readonly library: URL;
  readonly extractWorker: URL;
  readonly scanner: URL;
  /** The compiled program that copies fields. Without it, columns are extracted more slowly. */
  readonly fields?: URL;
  readonly sentences: SentenceBundle | undefined;
}

export type EngineLimits = Pick<EngineStart, "memoryLimitMiB" | "cacheLimitMiB">;

export interface EngineHostParts {
  readonly programs: EnginePrograms;
  /** Where columns are put while they are loaded. */
  readonly workFolder: UnpackFolder;
  /** Where columns are kept. */
  readonly cacheFolder: string;
  readonly limits: () => EngineLimits;
  /** How long the process is kept without requests. Default: five minutes. */
  readonly idleMs?: number;
}

export interface CallOptions extends Pick<ProgressListener, "onProgress"> {
  readonly signal: AbortSignal;
}

const usualIdleMs = 5 * 60_000;

/** Starts the engine's process with the first request, and again after it has ended. Stops it when nobody needs it. */
export class EngineHost {
  readonly #parts: EngineHostParts;
  #process: Promise<EngineProcess> | undefined;
  /** Processes that don't answer requests yet. */
  readonly #starting = new Set<EngineProcess>();
  #numbers = 0;
  #requests = 0;
  #idle: NodeJS.Timeout | undefined;
  #isDisposed = false;

  constructor(parts: EngineHostParts) {
    this.#parts = parts;
  }

  /** Why there is no engine in this installation; undefined if there is one. */
  get missing(): ExportError | undefined {
    if (existsSync(this.#parts.programs.library)) return undefined;
    return engineMissing(t("It has no query engine for this computer: install the package for its system."));
  }

  /**
   * Runs a request in the process, which is started if needed. If the process can't continue because of another request,
   * the request is repeated in the next one.
   */
  async use<Answer>(work: (process: EngineProcess) => Promise<Answer>, signal: AbortSignal): Promise<Answer> {
    clearTimeout(this.#idle);
    this.#requests++;
    try {
      const engine = await untilCancelled(this.#started(), signal);
      try {
        return await work(engine);
      } catch (error) {
        if (!engine.isUnusable || signal.aborted) throw error;
      }
      return await work(await untilCancelled(this.#started(), signal));
    } finally {
      this.#requests--;
      if (this.#requests === 0) this.#stopWhenIdle();
    }
  }

  /** A number for an order or for the progress of some work. */
  nextNumber(): number {
    return (this.#numbers += 1);
  }

  /** The engine's process, if there is one now. */
  get running(): Promise<EngineProcess> | undefined {
    return this.#process;
  }

  dispose(): void {
    this.#isDisposed = true;
    clearTimeout(this.#idle);
    for (const engine of this.#starting) engine.dispose();
    this.#stop();
    this.#parts.workFolder.dispose();
  }

  async #started(): Promise<EngineProcess> {
    if (this.#isDisposed) throw cancelled();
    const known = this.#process ?? this.#startNext();
    const engine = await known;
    if (!engine.hasEnded) return engine;
    this.#forget(known);
    return this.#started();
  }

  #startNext(): Promise<EngineProcess> {
    const starting = this.#start();
    this.#process = starting;
    const forget = (): void => this.#forget(starting);
    starting.then((engine) => void engine.ended.then(forget), forget);
    return starting;
  }

  /** Another one may have been started meanwhile. */
  #forget(ended: Promise<EngineProcess>): void {
    if (this.#process === ended) this.#process = undefined;
  }

  async #start(): Promise<EngineProcess> {
    const { missing } = this;
    try {
      if (missing !== undefined) throw missing;
      const folder = await this.#newFolder();
      if (this.#isDisposed) throw cancelled();
      return await this.#startIn(folder);
    } catch (error) {
      if (error instanceof ExportError && error.code !== "engineFailed") throw error;
      throw engineMissing(t("Its query engine can't be started on this computer."), error);
    }
  }

  async #startIn(folder: string): Promise<EngineProcess> {
    const { programs, cacheFolder, limits } = this.#parts;
    const start: EngineStart = {
      workFolder: folder,
      cacheFolder,
      ...limits(),
      scanner: fileURLToPath(programs.scanner),
      fields: programs.fields && fileURLToPath(programs.fields),
      extractWorker: programs.extractWorker.href,
      sentences: programs.sentences,
    };
    const engine = new EngineProcess(programs.engine, start);
    // What a process that was killed was writing would otherwise stay until the window is closed.
    void engine.ended.then(() => rm(folder, { recursive: true, force: true })).catch(() => undefined);
    this.#starting.add(engine);
    try {
      await engine.ask("start", start);
    } catch (error) {
      engine.dispose();
      await engine.ended;
      throw engine.fatalError === undefined ? error : unusable(engine.fatalError, error);
    } finally {
      this.#starting.delete(engine);
    }
    return engine;
  }

  /** Each process has its own, because the one before may not be gone yet. */
  async #newFolder(): Promise<string> {
    const all = await this.#parts.workFolder.path();
    const folder = path.join(all, String(this.nextNumber()));
    await makeFolder(all, folder);
    return folder;
  }

  #stopWhenIdle(): void {
    if (this.#isDisposed) return;
    this.#idle = setTimeout(() => this.#stop(), this.#parts.idleMs ?? usualIdleMs).unref();
  }

  #stop(): void {
    const stopping = this.#process;
    this.#process = undefined;
    void stopping?.then(
      (engine) => engine.dispose(),
      () => undefined,
    );
  }
}

/** For example, the library doesn't fit the system, or the system refuses to load it. */
function unusable(reason: string, cause: unknown): ExportError {
  return engineMissing(t("Its query engine can't be started on this computer. The reason: {0}.", reason), cause);
}
