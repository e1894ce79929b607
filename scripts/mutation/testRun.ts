import type { ChildProcess } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import { root } from "../../project/checkout.ts";
import { endProcessTree, startProcessTree } from "../../project/processTree.ts";
import { failureMark } from "./firstFailure.ts";
import { unmountBelow } from "./unmount.ts";

export type TestRunEnd =
  | { readonly kind: "passed" }
  /** `by` is the first test that failed, or how the process ended. */
  | { readonly kind: "failed"; readonly by: string }
  | { readonly kind: "timed out" };

export interface TestRunOptions {
  /** Environment variables besides those of this process. */
  readonly env: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

const reporter = path.join(import.meta.dirname, "firstFailure.ts");

/** Runs one test file until its first failure. The process and the temporary files of the tests are gone afterwards. */
export async function runTestFile(file: string, options: TestRunOptions): Promise<TestRunEnd> {
  options.signal.throwIfAborted();
  const folder = await mkdtemp(path.join(os.tmpdir(), "mutant-"));
  const child = startProcessTree(process.execPath, ["--test-reporter", reporter, file], {
    cwd: root,
    env: {
      ...process.env,
      // A process that finds this variable reports to a test runner that started it.
      NODE_TEST_CONTEXT: undefined,
      ...{ TMPDIR: folder, TMP: folder, TEMP: folder },
      ...options.env,
    },
    stdio: ["ignore", "pipe", "ignore"],
  });
  try {
    return await endOf(child, options);
  } finally {
    await endProcessTree(child);
    await unmountBelow(folder);
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

function endOf(child: ChildProcess, { timeoutMs, signal }: TestRunOptions): Promise<TestRunEnd> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve({ kind: "timed out" }), timeoutMs);
    const interrupted = (): void => reject(new Error("The run was interrupted."));
    signal.addEventListener("abort", interrupted, { once: true });
    let printed = "";
    child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      printed += text;
      const by = firstFailureIn(printed);
      if (by !== undefined) resolve({ kind: "failed", by });
    });
    child.once("error", reject);
    child.once("close", (exitCode, exitSignal) => {
      clearTimeout(timer);
      signal.removeEventListener("abort", interrupted);
      const ended = exitSignal === null ? `exit code ${String(exitCode)}` : `signal ${exitSignal}`;
      resolve(exitCode === 0 ? { kind: "passed" } : { kind: "failed", by: `the process ended with ${ended}` });
    });
  });
}

/** The tests print to the same stream, and may leave a line unfinished. */
function firstFailureIn(printed: string): string | undefined {
  const start = printed.indexOf(failureMark);
  const end = printed.indexOf("\n", start);
  return start < 0 || end < 0 ? undefined : printed.slice(start + failureMark.length, end);
}
