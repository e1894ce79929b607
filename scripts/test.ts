/**
 * Runs all tests of the project, or the steps that are named: `npm test`, `npm test -- unit lint`. Every step runs even
 * when an earlier one failed. The last line is always `N passed, N failed`.
 */
import os from "node:os";
import process from "node:process";
import { packageProgram } from "../project/program.ts";
import { integrationStep } from "./testing/integrationStep.ts";
import { packageStep } from "./testing/packageStep.ts";
import { inMinutes, runSteps, total } from "./testing/runSteps.ts";
import { largeTestStep, programStep, type TestStep, unitTestStep } from "./testing/steps.ts";
import { ToolsAhead } from "./testing/toolsAhead.ts";

const cores = os.availableParallelism();

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
  { ...unitTestStep("unit", "test/unit/**/*.test.ts", Math.max(1, cores - 1)), tools: ["azurite"] },
  { ...largeTestStep("page", "test/page/**/*.test.ts"), needs: ["build"], tools: ["browser"], alone: true },
  { ...largeTestStep("endurance", "test/endurance/**/*.test.ts"), tools: ["azurite"], alone: true },
  { ...integrationStep, alone: true },
  {
    ...largeTestStep("ui", "test/ui/**/*.test.ts"),
    needs: ["build"],
    tools: ["azurite", "browser", "vscode-server"],
    alone: true,
  },
  { ...packageStep, alone: true },
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
  if (names.length === 0) return steps;
  const needed = steps.filter(({ name }) => names.includes(name)).flatMap(({ needs }) => needs ?? []);
  return steps.filter(({ name }) => names.includes(name) || needed.includes(name));
}

const chosen = chosenSteps(process.argv.slice(2));
const ending = new AbortController();
process.once("exit", () => {
  ending.abort();
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
