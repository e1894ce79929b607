import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import process from "node:process";

/** A benchmark program in a separate process, which exchanges messages with this one and ends with it. */
export class BenchProgram {
  readonly #child: ChildProcess;
  readonly #name: string;

  /** @param nodeArguments for Node itself, such as `--cpu-prof` */
  constructor(file: URL, args: readonly string[] = [], nodeArguments: readonly string[] = []) {
    this.#name = file.pathname.split("/").at(-1) ?? "";
    this.#child = fork(file, [...args], {
      execArgv: [...nodeArguments],
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    });
  }

  /** The next message. The caller knows which one is next, and so its type. */
  async next(): Promise<unknown> {
    const answered = new AbortController();
    const { signal } = answered;
    try {
      return await Promise.race([
        once(this.#child, "message", { signal }).then(([message]) => message as unknown),
        once(this.#child, "exit", { signal }).then(() => {
          throw new Error(`${this.#name} ended before it answered.`);
        }),
      ]);
    } finally {
      answered.abort();
    }
  }

  async ask(question: object): Promise<unknown> {
    const answer = this.next();
    this.#child.send(question);
    return answer;
  }

  /** Lets the program exit normally, so that a profile of it is written. */
  async close(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, "exit");
    this.#child.disconnect();
    await ended;
  }
}

/** For the program itself: sends a message to the process that started it. */
export function tell(message: object): void {
  process.send?.(message);
}
