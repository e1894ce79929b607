import path from "node:path";
import type { TestEvent } from "node:test/reporters";
import * as v from "valibot";
import { root } from "../../project/checkout.ts";

export const deadFileSchema = v.object({
  /** Relative to the checkout. */
  file: v.string(),
  exitCode: v.nullable(v.number()),
  signal: v.nullable(v.string()),
  /** The end of what the process wrote to stderr. */
  stderr: v.string(),
});

/** A test file whose process ended in a way that none of its tests accounts for. */
export type DeadFile = v.InferOutput<typeof deadFileSchema>;

/** What the runner attaches to the failure of a whole file; a test's own failure has no exit code and no signal. */
const fileFailureSchema = v.object({
  exitCode: v.nullable(v.number()),
  signal: v.nullable(v.string()),
  failureType: v.string(),
});

/** How many characters of what a process wrote are kept; its last words tell most. */
const keptOutput = 4000;

/** Finds the dead files among a run's events. Reporters print no more of one than that it failed, if as much. */
export class DeadFiles {
  readonly #ends = new Map<string, Pick<DeadFile, "exitCode" | "signal">>();
  readonly #stderr = new Map<string, string>();

  see({ type, data }: TestEvent): void {
    if (type === "test:stderr") {
      const file = nameOf(data.file);
      this.#stderr.set(file, `${this.#stderr.get(file) ?? ""}${data.message}`.slice(-keptOutput));
    }
    // Unlike a failure it also comes for a file with failed tests.
    if (type !== "test:complete" || data.file === undefined) return;
    const failure = v.safeParse(fileFailureSchema, data.details.error);
    if (!failure.success) return;
    const { exitCode, signal, failureType } = failure.output;
    const isFromFailedTests = failureType === "subtestsFailed" && exitCode === 1;
    if (!isFromFailedTests) this.#ends.set(nameOf(data.file), { exitCode, signal });
  }

  /** All that were found; what they wrote may come after they are known to be dead. */
  found(): DeadFile[] {
    return [...this.#ends].map(([file, end]) => ({ file, ...end, stderr: this.#stderr.get(file) ?? "" }));
  }
}

/** The lines that tell a person of a dead file. */
export function tellDeadFile({ file, exitCode, signal, stderr }: DeadFile): string {
  const end = signal === null ? `exit code ${String(exitCode)}` : `signal ${signal}`;
  const words = stderr.trim();
  return `✖ ${file}: its process ended with ${end}. ${words === "" ? "Its stderr is empty." : `Its stderr ends with:\n${words}`}`;
}

/** The runner names a file by its path in one event and as it was asked for in another. */
function nameOf(file: string): string {
  return path.relative(root, path.resolve(file));
}
