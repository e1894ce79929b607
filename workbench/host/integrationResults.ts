import { readFile } from "node:fs/promises";

/**
 * How a suite in the extension host reports to the program that started it, both in a desktop VS Code and on a server.
 * At its end, the suite writes `IntegrationResults` as JSON to the path in TASK_EXPORTS_RESULTS.
 */
export interface IntegrationResults {
  passed: number;
  failed: number;
}

/** The environment variable with the path of the results. */
export const resultsVariable = "TASK_EXPORTS_RESULTS";

/** The prefix of lines in the console output that are meant for the terminal. VS Code prints much else. */
export const suiteLineMark = "[suite] ";

/** The results that a suite wrote, or undefined if it ended before. */
export async function readResults(file: string): Promise<IntegrationResults | undefined> {
  let text;
  try {
    text = await readFile(file, "utf8");
  } catch {
    return undefined;
  }
  const { passed, failed } = JSON.parse(text) as Partial<Record<keyof IntegrationResults, unknown>>;
  if (typeof passed !== "number" || typeof failed !== "number") throw new Error(`These are no results: ${text}`);
  return { passed, failed };
}
