/**
 * Runs all tests of the project, or the steps that are named: `npm test`, `npm test -- unit lint`. Every step runs even
 * when an earlier one failed; some run only if they are named. The last line is always `N passed, N failed`.
 */
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import { packageProgram } from "../project/program.ts";
import { desktopStep } from "./testing/desktopStep.ts";
import { integrationStep } from "./testing/integrationStep.ts";
import { packageStep } from "./testing/packageStep.ts";
import { inMinutes, runSteps, total } from "./testing/runSteps.ts";
import { largeTestStep, programStep, type TestStep, unitTestStep } from "./testing/steps.ts";
import { ToolsAhead } from "./testing/toolsAhead.ts";
import { serverTool } from "../tools/toolCache.mjs";

const cores = os.availableParallelism();

/**
 * Folders of unit tests that leave the state of their process as they found it, and don't look at what else is open in
 * it.
 */
const inOneProcess = [
  "{format,model,services}",
  "table/{cells,detect,document,find,index,parts,scan,summary,take,view}",
  "vscode",
  "webview",
];

/** Most processes of this run load the same sources; Node keeps what it made of those from one process to the next. */
const compiled = mkdtempSync(path.join(os.tmpdir(), "task-exports-compiled-"));
process.env["NODE_COMPILE_CACHE"] = compiled;

/** In the order in which they are shown, and begin where nothing else is said. */
const steps: readonly TestStep[] = [
  programStep("format", [packageProgram("prettier", "bin", "prettier.cjs"), "--check", "."]),
  programStep("build", ["esbuild.mjs"], ["esbuild.mjs", "--tests"]),
  programStep("lint", [packageProgram("eslint", "bin", "eslint.js"), "."]),
  programStep(
    "types",
    [packageProgram("typescript", "bin", "tsc"), "--noEmit"],
    [packageProgram("typescript", "bin", "tsc"), "--noEmit", "-p", "src/webview"],
  ),
  { ...unitTestStep("unit", "test/unit", Math.max(1, cores - 1), inOneProcess), tools: ["azurite"] },
  { ...largeTestStep("page", "test/page/**/*.test.ts"), needs: ["build"], tools: ["browser"], large: true },
  { ...largeTestStep("endurance", "test/endurance/**/*.test.ts"), tools: ["azurite"] },
  { ...integrationStep, large: true },
  {
    ...largeTestStep("ui", "test/ui/**/*.test.ts"),
    needs: ["build"],
    tools: ["azurite", "browser", serverTool()],
    large: true,
  },
  { ...packageStep, large: true },
  { ...desktopStep, large: true },
];

const startedAt = performance.now();

function log(line: string): void {
  console.log(line);
}

function chosenSteps(names: readonly string[]): readonly TestStep[] {
  const unknown = names.find((name) => !steps.some((step) => step.name === name));
  if (unknown !== undefined) {
    console.error(`There is no step "${unknown}". Steps: ${steps.map((step) => step.name).join(", ")}`);
    process.exit(2);
  }
  if (names.length === 0) return steps.filter(({ onRequest }) => !onRequest);
  const needed = steps.filter(({ name }) => names.includes(name)).flatMap(({ needs }) => needs ?? []);
  return steps.filter(({ name }) => names.includes(name) || needed.includes(name));
}

const chosen = chosenSteps(process.argv.slice(2));
const ending = new AbortController();
process.once("exit", () => {
  ending.abort();
  rmSync(compiled, { recursive: true, force: true });
});
const toolsAhead = new ToolsAhead(
  chosen.flatMap(({ tools }) => tools ?? []),
  log,
  ending.signal,
);
const results = await runSteps(chosen, {
  jobsAtOnce: cores,
  toolsReady: (tools) => toolsAhead.settled(tools),
  print: (text) => process.stdout.write(text),
});
const { passed, failed } = total(results);
const failedSteps = results.filter((result) => result.failed > 0).map(({ name }) => name);
log(`\nIn ${inMinutes((performance.now() - startedAt) / 1000)}, ${cores} jobs at once.`);
if (failedSteps.length > 0) log(`Failed: ${failedSteps.join(", ")}`);
log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
