/**
 * Runs a suite in a desktop VS Code with `@vscode/test-electron`, as a process of its own: that package prints straight
 * to its own terminal and cannot be ended from outside. Takes its options as JSON in the first argument.
 */
import process from "node:process";
import { runTests } from "@vscode/test-electron";

try {
  await runTests(JSON.parse(process.argv[2] ?? "") as Parameters<typeof runTests>[0]);
} catch (error) {
  console.error(String(error));
  process.exitCode = 1;
}
