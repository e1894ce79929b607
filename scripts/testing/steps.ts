import { globSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import * as v from "valibot";
import { root } from "../../project/checkout.ts";
import { runProgram } from "../../project/program.ts";
import { deadFileSchema, tellDeadFile } from "./deadFiles.ts";
import type { StepTool } from "./toolsAhead.ts";
import type { Write } from "./transcript.ts";

export interface Counts {
  passed: number;
  failed: number;
}

const countedSchema = v.object({ passed: v.number(), failed: v.number(), deadFiles: v.array(deadFileSchema) });

/** What runs in one go, and takes about one core. */
export type Job = (write: Write) => Promise<Counts>;

/** One part of `npm test`. A step in which no test ran has failed. */
export interface TestStep {
  name: string;
  /** Steps that end before this one begins; they run even when they were not asked for. */
  needs?: readonly string[];
  /** What this step works with; installed before it begins. */
  tools?: readonly StepTool[];
  /** Each may run beside any other, also of another step. */
  jobs: readonly Job[];
  /** Its jobs start large programs, which take more than a core: of all large jobs, one runs at a time. */
  large?: true;
  /** It runs only if it is named. */
  onRequest?: true;
}

/** Programs of this project's packages, or of the project itself, one after the other; passes when each ends with 0. */
export function programStep(name: string, ...commands: readonly string[][]): TestStep {
  const job: Job = async (write) => {
    for (const command of commands) {
      if ((await runProgram(command, { write })) !== 0) return { passed: 0, failed: 1 };
    }
    return { passed: 1, failed: 0 };
  };
  return { name, jobs: [job] };
}

/** A unit test waits for a state; one that is never reached must not keep the whole run waiting. */
const unitTestLimitMs = 180_000;

/**
 * The tests of Node's own runner in the files of a folder, so many files at once.
 *
 * @param together patterns of subfolders whose test files run in one process for each pattern, because they leave its
 *   state as they found it: a process for each file takes longer to start than most files take to run
 */
export function unitTestStep(name: string, folder: string, filesAtOnce: number, together: readonly string[]): TestStep {
  const limit = `--test-timeout=${unitTestLimitMs}`;
  const groups = together.map((subfolders) => testFiles(`${folder}/${subfolders}/**/*.test.ts`));
  const grouped = new Set(groups.flat());
  const others = testFiles(`${folder}/**/*.test.ts`).filter((file) => !grouped.has(file));
  return {
    name,
    jobs: [
      ...groups.map((files) => nodeTests(files, [limit, "--test-isolation=none"])),
      nodeTests(others, [limit, `--test-concurrency=${filesAtOnce}`]),
    ],
  };
}

/** The same in the files of a pattern, each file a job of its own: it starts large programs, or works for a minute. */
export function largeTestStep(name: string, pattern: string): TestStep {
  return { name, jobs: testFiles(pattern).map((file) => nodeTests([file])) };
}

function testFiles(pattern: string): string[] {
  return globSync(pattern, { cwd: root }).toSorted();
}

/** Runs test files in processes of their own and counts their tests, those among them that died. */
function nodeTests(files: readonly string[], options: readonly string[] = []): Job {
  return async (write) => {
    const folder = await mkdtemp(path.join(os.tmpdir(), "task-exports-test-"));
    const countsFile = path.join(folder, "counts.json");
    const args = [
      ...["--test", ...options],
      ...["--test-reporter=spec", "--test-reporter-destination=stdout"],
      ...["--test-reporter", path.join(import.meta.dirname, "countReporter.ts")],
      ...["--test-reporter-destination", countsFile],
      ...files,
    ];
    const exitCode = await runProgram(args, { write });
    const counted = await readCounts(countsFile);
    await rm(folder, { recursive: true });
    if (counted === undefined) {
      write(`The test runner ended with exit code ${String(exitCode)} before it had counted.\n`);
    }
    for (const deadFile of counted?.deadFiles ?? []) write(`${tellDeadFile(deadFile)}\n`);
    if (counted === undefined || (exitCode !== 0 && counted.failed === 0)) return { passed: 0, failed: 1 };
    return { passed: counted.passed, failed: counted.failed };
  };
}

/** What `countReporter.ts` wrote, or undefined when the runner ended before it could. */
async function readCounts(file: string): Promise<v.InferOutput<typeof countedSchema> | undefined> {
  const text = await readFile(file, "utf8").catch(() => "");
  return text === "" ? undefined : v.parse(countedSchema, JSON.parse(text));
}
