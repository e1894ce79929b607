import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import process from "node:process";

/** A program of the bench in a process of its own, which talks with this one in messages and ends with it. */
export class BenchProgram {
  readonly #child: ChildProcess;
  readonly #name: string;

  /** @param nodeArguments for Node itself, as `--cpu-prof` */
  constructor(file: URL, args: readonly string[] = [], nodeArguments: readonly string[] = []) {
    this.#name = file.pathname.split("/").at(-1) ?? "";
    this.#child = fork(file, [...args], {
      execArgv: [...nodeArguments],
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    });
  }

  /** The next message. Who asks knows what the program says next, and so its type. */
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

  /** Lets the program end by itself, so that a profile of it is written. */
  async close(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, "exit");
    this.#child.disconnect();
    await ended;
  }
}

/** For the program itself: tells the process that started it. */
export function tell(message: object): void {
  process.send?.(message);
}
