/**
 * Runs all tests of the project, or the steps that are named: `npm test`, `npm test -- unit lint`. Every step runs even
 * when an earlier one failed. The last line is always `N passed, N failed`.
 */
import process from "node:process";
import { packageProgram } from "../project/program.ts";
import { integrationStep } from "./testing/integrationStep.ts";
import { packageStep } from "./testing/packageStep.ts";
import { type Counts, nodeTestStep, programStep, type TestStep } from "./testing/steps.ts";
import { ToolsAhead } from "./testing/toolsAhead.ts";

const steps: readonly TestStep[] = [
  programStep("format", [packageProgram("prettier", "bin", "prettier.cjs"), "--check", "."]),
  programStep("lint", [packageProgram("eslint", "bin", "eslint.js"), "."]),
  programStep(
    "types",
    [packageProgram("typescript", "bin", "tsc"), "--noEmit"],
    [packageProgram("typescript", "bin", "tsc"), "--noEmit", "-p", "src/webview"],
  ),
  { ...nodeTestStep("unit", "test/unit/**/*.test.ts"), tools: ["azurite"] },
  // One at a time: each takes the machine for itself.
  {
    ...nodeTestStep("endurance", "test/endurance/**/*.test.ts", ["--test-concurrency=1"]),
    tools: ["azurite"],
    alone: true,
  },
  programStep("build", ["esbuild.mjs"], ["esbuild.mjs", "--tests"]),
  integrationStep,
  // One workbench at a time: each is a browser and a server.
  {
    ...nodeTestStep("ui", "test/ui/**/*.test.ts", ["--test-concurrency=1"]),
    needs: ["build"],
    tools: ["azurite", "browser", "vscode-server"],
  },
  packageStep,
];

const started = Date.now();

function log(line: string): void {
  console.log(line);
}

function elapsed(): string {
  const seconds = Math.round((Date.now() - started) / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

async function runStep(step: TestStep, toolsAhead: ToolsAhead): Promise<Counts> {
  log(`\n[${elapsed()}] ${step.name}`);
  await toolsAhead.settled(step.alone ? undefined : (step.tools ?? []));
  const counts = await step.run(log).catch((error: unknown): Counts => {
    console.error(error);
    return { passed: 0, failed: 1 };
  });
  if (counts.passed + counts.failed > 0) return counts;
  log(`No test ran in the step "${step.name}".`);
  return { passed: 0, failed: 1 };
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
process.once("exit", () => ending.abort());
const toolsAhead = new ToolsAhead(
  chosen.flatMap(({ tools }) => tools ?? []),
  log,
  ending.signal,
);
const total: Counts = { passed: 0, failed: 0 };
const failedSteps: string[] = [];
for (const step of chosen) {
  const { passed, failed } = await runStep(step, toolsAhead);
  total.passed += passed;
  total.failed += failed;
  if (failed > 0) failedSteps.push(step.name);
  log(`[${elapsed()}] ${step.name}: ${passed} passed, ${failed} failed`);
}
if (failedSteps.length > 0) log(`\nFailed: ${failedSteps.join(", ")}`);
log(`\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 ? 1 : 0;
