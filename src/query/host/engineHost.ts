import { fileURLToPath } from "node:url";
import { existsSync } from "node:fs";
import { t } from "@vscode/l10n";
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

  /** Runs a request in the process, which is started if needed. */
  async use<Answer>(work: (process: EngineProcess) => Promise<Answer>, signal: AbortSignal): Promise<Answer> {
    clearTimeout(this.#idle);
    this.#requests++;
    try {
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
    this.#stop();
    this.#parts.workFolder.dispose();
  }

  #started(): Promise<EngineProcess> {
    if (this.#isDisposed) return Promise.reject(cancelled());
    this.#process ??= this.#start();
    return this.#process;
  }

  async #start(): Promise<EngineProcess> {
    const { missing } = this;
    try {
      if (missing !== undefined) throw missing;
      const { programs, workFolder, cacheFolder, limits } = this.#parts;
      const start: EngineStart = {
        workFolder: await workFolder.path(),
        cacheFolder,
        ...limits(),
        scanner: fileURLToPath(programs.scanner),
        fields: programs.fields && fileURLToPath(programs.fields),
        extractWorker: programs.extractWorker.href,
        sentences: programs.sentences,
      };
      const engine = new EngineProcess(programs.engine, start);
      void engine.ended.then(() => this.#forget());
      await engine.ask("start", start).catch(async (error: unknown) => {
        engine.dispose();
        await engine.ended;
        throw engine.fatalError === undefined ? error : unusable(engine.fatalError, error);
      });
      return engine;
    } catch (error) {
      this.#process = undefined;
      if (error instanceof ExportError && error.code !== "engineFailed") throw error;
      throw engineMissing(t("Its query engine can't be started on this computer."), error);
    }
  }

  #forget(): void {
    this.#process = undefined;
  }

  #stopWhenIdle(): void {
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
