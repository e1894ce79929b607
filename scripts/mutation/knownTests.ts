import { createHash } from "node:crypto";
import { globSync, readFileSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import * as v from "valibot";
import { root } from "../../project/checkout.ts";
import { importsOf } from "../../project/importGraph.ts";
import { coverageSchema, readCoverage } from "./coverage.ts";
import { runTestFile } from "./testRun.ts";

const testFactsSchema = v.object({
  /** A test that fails without a mutant as well says nothing about mutants. */
  passes: v.boolean(),
  durationMs: v.number(),
  coverage: coverageSchema,
});

/** What is known of a test file from a run without a mutant. */
export type TestFacts = v.InferOutput<typeof testFactsSchema>;

const longestRunMs = 180_000;
/** On a busy machine, a test can fail by chance. Without it, mutants would survive that it kills. */
const mostRuns = 3;
const sourceFolder = path.join(root, "src");

/**
 * Runs each test file once without a mutant, when it is first asked for. What it learns is kept in `out/mutation` until
 * the test, something it imports, or a source of the extension changes.
 */
export class KnownTests {
  readonly #signal: AbortSignal;
  readonly #folder: string;
  readonly #facts = new Map<string, Promise<TestFacts>>();
  /** The test files that fail without a mutant, so that they are not used. */
  readonly failing = new Set<string>();
  #sources: string | undefined;

  constructor(signal: AbortSignal, folder: string = path.join(root, "out", "mutation")) {
    this.#signal = signal;
    this.#folder = folder;
  }

  factsOf(test: string): Promise<TestFacts> {
    const facts = this.#facts.get(test) ?? this.#readOrMeasure(test);
    this.#facts.set(test, facts);
    return facts;
  }

  async #readOrMeasure(test: string): Promise<TestFacts> {
    const file = path.join(this.#folder, `${this.#stateOf(test)}.json`);
    const kept = await readFile(file, "utf8").catch(() => undefined);
    if (kept !== undefined) return v.parse(testFactsSchema, JSON.parse(kept));
    const facts = await this.#measure(test);
    if (!facts.passes) {
      this.failing.add(test);
      return facts;
    }
    await mkdir(this.#folder, { recursive: true });
    await writeFile(file, JSON.stringify(facts));
    return facts;
  }

  async #measure(test: string): Promise<TestFacts> {
    for (let run = 1; ; run += 1) {
      const facts = await measured(test, this.#signal);
      if (facts.passes || run === mostRuns) return facts;
    }
  }

  /** Changes with everything that a run of the test depends on, its worker threads included. */
  #stateOf(test: string): string {
    this.#sources ??= hashOf(globSync("src/**/*.ts", { cwd: root }).map((file) => path.join(root, file)));
    return createHash("sha256")
      .update(test)
      .update(this.#sources)
      .update(hashOf(allImports(test)))
      .digest("hex");
  }
}

async function measured(test: string, signal: AbortSignal): Promise<TestFacts> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "mutation-coverage-"));
  try {
    const startedAt = performance.now();
    const env = { NODE_V8_COVERAGE: folder };
    const end = await runTestFile(test, { env, timeoutMs: longestRunMs, signal });
    const durationMs = performance.now() - startedAt;
    return { passes: end.kind === "passed", durationMs, coverage: readCoverage(folder, sourceFolder) };
  } finally {
    await rm(folder, { recursive: true });
  }
}

function allImports(test: string): string[] {
  const reached = new Set([test]);
  for (const file of reached) for (const next of importsOf(file)) reached.add(next.file);
  return [...reached];
}

function hashOf(files: readonly string[]): string {
  const hash = createHash("sha256");
  for (const file of files.toSorted()) hash.update(file).update(readFileSync(file));
  return hash.digest("hex");
}
