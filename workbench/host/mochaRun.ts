import { writeFile } from "node:fs/promises";
import process from "node:process";
import { formatWithOptions } from "node:util";
import Mocha from "mocha";
import { type IntegrationResults, resultsVariable, suiteLineMark } from "./integrationResults.ts";

/**
 * Runs Mocha inside the extension host and tells its results to whoever started VS Code.
 * @param defineTests imports the modules that call `describe` and `it`
 * @throws when a test failed, which is how VS Code learns of it
 */
export async function runMocha(defineTests: () => Promise<unknown>, options: Mocha.MochaOptions = {}): Promise<void> {
  Mocha.reporters.Base.consoleLog = (...message: unknown[]) => {
    for (const line of formatWithOptions({ colors: false }, ...message).split("\n")) console.log(suiteLineMark + line);
  };
  const mocha = new Mocha({ ui: "bdd", color: false, ...options });
  // What Mocha does before it loads a file of its own list: it makes `describe` and `it` known.
  mocha.suite.emit(Mocha.Suite.constants.EVENT_FILE_PRE_REQUIRE, globalThis, "", mocha);
  await defineTests();
  const results = await new Promise<IntegrationResults>((resolve) => {
    const runner = mocha.run(() => resolve({ passed: runner.stats?.passes ?? 0, failed: runner.stats?.failures ?? 0 }));
  });
  const file = process.env[resultsVariable];
  if (file) await writeFile(file, JSON.stringify(results));
  if (results.failed > 0) throw new Error(`${results.failed} tests failed.`);
}
