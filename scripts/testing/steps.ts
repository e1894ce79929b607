import { globSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import * as v from "valibot";
import { root } from "../../project/checkout.ts";
import { runProgram } from "../../project/program.ts";
import type { Log } from "../../tools/toolCache.ts";
import { deadFileSchema, tellDeadFile } from "./deadFiles.ts";
import type { StepTool } from "./toolsAhead.ts";

export interface Counts {
  passed: number;
  failed: number;
}

const countedSchema = v.object({ passed: v.number(), failed: v.number(), deadFiles: v.array(deadFileSchema) });

/** One part of `npm test`. A step in which no test ran has failed. */
export interface TestStep {
  name: string;
  /** Steps that run before this one even when they were not asked for. */
  needs?: readonly string[];
  /** What this step works with; installed before it begins. */
  tools?: readonly StepTool[];
  /** Takes the machine for itself: nothing is installed meanwhile. */
  alone?: boolean;
  run(log: Log): Promise<Counts>;
}

/** A program of one of this project's packages, or of the project itself; passes when it ends with 0. */
export function programStep(name: string, ...commands: readonly string[][]): TestStep {
  return {
    name,
    run: async () => {
      for (const command of commands) {
        if ((await runProgram(command)) !== 0) return { passed: 0, failed: 1 };
      }
      return { passed: 1, failed: 0 };
    },
  };
}

/** The tests of Node's own runner in the files of a pattern, counted by the runner. */
export function nodeTestStep(name: string, pattern: string, options: readonly string[] = []): TestStep {
  return {
    name,
    run: async (log) => {
      if (globSync(pattern, { cwd: root }).length === 0) return { passed: 0, failed: 0 };
      const folder = await mkdtemp(path.join(os.tmpdir(), "task-exports-test-"));
      const countsFile = path.join(folder, "counts.json");
      const exitCode = await runProgram([
        "--test",
        ...options,
        ...["--test-reporter=spec", "--test-reporter-destination=stdout"],
        ...["--test-reporter", path.join(import.meta.dirname, "countReporter.ts")],
        ...["--test-reporter-destination", countsFile],
        pattern,
      ]);
      const counted = await readCounts(countsFile);
      await rm(folder, { recursive: true });
      if (counted === undefined) log(`The test runner ended with exit code ${String(exitCode)} before it had counted.`);
      for (const deadFile of counted?.deadFiles ?? []) log(tellDeadFile(deadFile));
      if (counted === undefined || (exitCode !== 0 && counted.failed === 0)) return { passed: 0, failed: 1 };
      return { passed: counted.passed, failed: counted.failed };
    },
  };
}

/** What `countReporter.ts` wrote, or undefined when the runner ended before it could. */
async function readCounts(file: string): Promise<v.InferOutput<typeof countedSchema> | undefined> {
  const text = await readFile(file, "utf8").catch(() => "");
  return text === "" ? undefined : v.parse(countedSchema, JSON.parse(text));
}
