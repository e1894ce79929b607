import { writeFile } from "node:fs/promises";
import process from "node:process";
import { formatWithOptions } from "node:util";
import Mocha from "mocha";
import { type IntegrationResults, resultsVariable, suiteLineMark } from "./integrationResults.ts";

/**
 * Runs Mocha inside the extension host and reports its results.
 *
 * @param defineTests imports the modules that call `describe` and `it`
 * @throws if a test failed, which is how VS Code notices
 */
export async function runMocha(defineTests: () => Promise<unknown>, options: Mocha.MochaOptions = {}): Promise<void> {
  Mocha.reporters.Base.consoleLog = (...message: unknown[]) => {
    for (const line of formatWithOptions({ colors: false }, ...message).split("\n")) console.log(suiteLineMark + line);
  };
  const mocha = new Mocha({ ui: "bdd", color: false, ...options });
  // Mocha does the same before it loads a file: it makes `describe` and `it` available.
  mocha.suite.emit(Mocha.Suite.constants.EVENT_FILE_PRE_REQUIRE, globalThis, "", mocha);
  await defineTests();
  const results = await new Promise<IntegrationResults>((resolve) => {
    const runner = mocha.run(() => resolve({ passed: runner.stats?.passes ?? 0, failed: runner.stats?.failures ?? 0 }));
  });
  const file = process.env[resultsVariable];
  if (file) await writeFile(file, JSON.stringify(results));
  if (results.failed > 0) throw new Error(`${results.failed} tests failed.`);
}
