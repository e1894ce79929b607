import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import type { Compilation } from "./compilation.ts";
import { isReached } from "./coverage.ts";
import type { KnownTests } from "./knownTests.ts";
import { mutated } from "./mutants.ts";
import type { FileMutant } from "./sample.ts";
import { swappingEnvironment } from "./swapVariables.ts";
import { runTestFile, type TestRunEnd } from "./testRun.ts";

export type Verdict =
  /** `by` is the test that failed. */
  | { readonly kind: "killed"; readonly file: string; readonly by: string }
  | { readonly kind: "timed out"; readonly file: string }
  /** So many test files ran the mutant and passed; with 0, no test reaches it. */
  | { readonly kind: "survived"; readonly testFiles: number }
  /** It does not compile. */
  | { readonly kind: "invalid" };

export interface JudgeParts {
  readonly compilation: Pick<Compilation, "accepts">;
  readonly knownTests: Pick<KnownTests, "factsOf">;
  readonly nearestTests: (source: string) => readonly string[];
  /** How many test files are tried for a mutant at most. Those that don't reach it are not counted. */
  readonly testFiles: number;
  /** How long a test file may take that takes so long without a mutant. */
  readonly timeoutFor: (durationMs: number) => number;
  readonly signal: AbortSignal;
}

/** Runs those of the nearest tests that reach a mutant until one of them fails. */
export async function judge(mutant: FileMutant, parts: JudgeParts): Promise<Verdict> {
  const text = mutated(await readFile(mutant.file, "utf8"), mutant);
  if (!parts.compilation.accepts(mutant.file, text)) return { kind: "invalid" };
  const folder = await mkdtemp(path.join(os.tmpdir(), "mutation-"));
  try {
    const textFile = path.join(folder, "mutant.ts");
    await writeFile(textFile, text);
    return await runTests(mutant, swappingEnvironment(mutant.file, textFile), parts);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function runTests(
  mutant: FileMutant,
  env: Readonly<Record<string, string>>,
  { knownTests, nearestTests, testFiles, timeoutFor, signal }: JudgeParts,
): Promise<Verdict> {
  let count = 0;
  for (const file of nearestTests(mutant.file)) {
    if (count === testFiles) break;
    const { passes, durationMs, coverage } = await knownTests.factsOf(file);
    if (!passes || !isReached(coverage, mutant.file, mutant.reachedAt)) continue;
    count += 1;
    const end = await runTestFile(file, { env, timeoutMs: timeoutFor(durationMs), signal });
    if (end.kind !== "passed") return verdictOf(end, file);
  }
  return { kind: "survived", testFiles: count };
}

function verdictOf(end: Exclude<TestRunEnd, { kind: "passed" }>, file: string): Verdict {
  return end.kind === "failed" ? { kind: "killed", file, by: end.by } : { kind: "timed out", file };
}
