/**
 * Runs a suite in a desktop VS Code with `@vscode/test-electron`, in a separate process, because that package prints
 * directly to its terminal and can't be ended from outside. Its options are JSON in the first argument.
 */
import process from "node:process";
import { runTests } from "@vscode/test-electron";

try {
  await runTests(JSON.parse(process.argv[2] ?? "") as Parameters<typeof runTests>[0]);
} catch (error) {
  console.error(String(error));
  process.exitCode = 1;
}
