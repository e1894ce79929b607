import { globSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { readResults } from "../host/integrationResults.ts";
import { root, runProgram } from "../project.ts";
import type { Log } from "../tools/toolCache.ts";

export interface Counts {
  passed: number;
  failed: number;
}

/** One part of `npm test`. A step in which no test ran has failed. */
export interface TestStep {
  name: string;
  /** Steps that run before this one even when they were not asked for. */
  needs?: readonly string[];
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
    run: async () => {
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
      const counts = await readResults(countsFile);
      await rm(folder, { recursive: true });
      if (counts === undefined || (exitCode !== 0 && counts.failed === 0)) return { passed: 0, failed: 1 };
      return counts;
    },
  };
}
