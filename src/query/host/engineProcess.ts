import { type ChildProcess, fork } from "node:child_process";
import { Socket } from "node:net";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { childPort } from "../../channel/processPort.ts";
import { Requester } from "../../channel/requester.ts";
import { queryErrors, queryTooLarge } from "../queryErrors.ts";
import type { EngineEvents, EngineRequests, EngineStart } from "../engineMessages.ts";

const bytesPerMiB = 1024 * 1024;
/**
 * What the process may use beyond the engine's own limit: half of it again, for memory that was freed and not yet given
 * back, and some for the program itself and the threads that extract columns.
 */
const roomShare = 0.5;
const roomMiB = 512;
/** A process that works says so all the time. One that is silent for so many seconds is ended. */
const silentSeconds = 10;
/** How much of what the process prints is kept, and how much of an error is shown. */
const keptCharacters = 8192;
const shownCharacters = 300;
/** The variables of the environment that the process gets. It needs no others, and tokens are often among them. */
const passedOn = ["PATH", "HOME", "USERPROFILE", "TMPDIR", "TEMP", "TMP", "SystemRoot", "LANG", "LC_ALL", "TZ"];

/**
 * The engine in a process of its own, so that a crash or too much memory never ends the extension host. One process:
 * when it has ended, it isn't started again.
 */
export class EngineProcess extends Requester<EngineRequests, EngineEvents> {
  readonly #child: ChildProcess;
  #printed = "";
  #hasEnded = false;
  #isUnusable = false;
  /** Seconds since the process said something. Undefined while it starts, which may take long. */
  #silence: number | undefined;
  #watching: NodeJS.Timeout | undefined;
  /** Resolves when the process is gone and everything that it printed is known. */
  readonly ended: Promise<void>;

  constructor(program: URL, { memoryLimitMiB }: Pick<EngineStart, "memoryLimitMiB">) {
    const child = fork(fileURLToPath(program), [], {
      // In a desktop VS Code, this is Electron, which then behaves like Node.js.
      execPath: process.execPath,
      execArgv: [],
      env: { ...environment(), ELECTRON_RUN_AS_NODE: "1" },
      serialization: "advanced",
      stdio: ["ignore", "ignore", "pipe", "ipc"],
    });
    let isTooLarge = false;
    super(childPort(child), {
      errors: { ...queryErrors, ended: (cause) => (isTooLarge ? queryTooLarge(cause) : queryErrors.ended(cause)) },
      onWaiting: (isWaiting) => {
        keepAlive(child, isWaiting);
        this.#watch(isWaiting);
      },
    });
    this.#child = child;
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      this.#printed = (this.#printed + text).slice(-keptCharacters);
    });
    this.ended = new Promise((resolve) => {
      child.once("close", () => resolve());
      // A message that can't be sent is such an error, too. There can be one for each message.
      child.on("error", () => {
        this.#end();
        resolve();
      });
    });
    child.once("exit", () => (this.#hasEnded = true));
    // The engine's own limit doesn't include everything, such as long texts while they are put together.
    this.on("memory", ({ bytes }) => {
      if (bytes < (memoryLimitMiB * (1 + roomShare) + roomMiB) * bytesPerMiB) return;
      isTooLarge = true;
      this.#end();
    });
    this.on("memory", () => (this.#silence = 0));
    this.on("unusable", () => {
      this.#isUnusable = true;
      this.#end();
    });
    keepAlive(child, false);
  }

  /** Whether the process has ended, or is about to. */
  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** Whether it ended because it couldn't continue, so that requests that were not to blame can be repeated. */
  get isUnusable(): boolean {
    return this.#isUnusable;
  }

  get processId(): number | undefined {
    return this.#child.pid;
  }

  /** The error that ended the process, in the words of the system; undefined if there was none. */
  get fatalError(): string | undefined {
    return /^\w*Error(?: \[\w+\])?: (.+)$/m.exec(this.#printed)?.[1]?.slice(0, shownCharacters);
  }

  /** Ends the process, whatever it is doing. Pending requests are rejected with `cancelled`. */
  override dispose(): void {
    super.dispose();
    this.#end();
  }

  #end(): void {
    this.#hasEnded = true;
    this.#child.kill("SIGKILL");
  }

  /** Seconds are counted one by one, so that a computer that slept or a busy window isn't taken for a silent process. */
  #watch(isWaiting: boolean): void {
    clearInterval(this.#watching);
    if (!isWaiting || this.#silence !== undefined) this.#silence = 0;
    if (!isWaiting) return;
    this.#watching = setInterval(() => {
      if (this.#silence !== undefined && ++this.#silence > silentSeconds) this.#end();
    }, 1_000);
  }
}

/** Who wants to know how far a request is. */
export interface ProgressListener {
  /** How much of the work is done, from 0 to 1. */
  readonly onProgress?: ((done: number) => void) | undefined;
  /** How many rows of a result are there. */
  readonly onRows?: ((rows: number) => void) | undefined;
}

/** Reports the progress of a request while it is answered. */
export async function withProgress<Answer>(
  process: EngineProcess,
  work: number,
  { onProgress, onRows }: ProgressListener,
  ask: () => Promise<Answer>,
): Promise<Answer> {
  const listening = [
    process.on("progress", (progress) => {
      if (progress.work === work) onProgress?.(progress.done);
    }),
    process.on("rows", ({ work: other, rows }) => {
      if (other === work) onRows?.(rows);
    }),
  ];
  try {
    return await ask();
  } finally {
    for (const each of listening) each.dispose();
  }
}

/** A process with pending requests keeps its host alive; an idle one must not. */
function keepAlive(child: ChildProcess, isNeeded: boolean): void {
  // Waiting for the end of a process includes waiting for what it prints.
  if (child.stderr instanceof Socket) child.stderr[isNeeded ? "ref" : "unref"]();
  if (isNeeded) {
    child.ref();
    child.channel?.ref();
  } else {
    child.unref();
    child.channel?.unref();
  }
}

function environment(): Record<string, string> {
  return Object.fromEntries(
    passedOn.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  );
}
