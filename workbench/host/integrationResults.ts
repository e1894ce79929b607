import { readFile } from "node:fs/promises";

/**
 * How a suite in the extension host and the program that started it understand each other: the same in a desktop VS
 * Code and on a server. The suite writes `IntegrationResults` as JSON to the path in TASK_EXPORTS_RESULTS, last of all.
 */
export interface IntegrationResults {
  passed: number;
  failed: number;
}

/** Names the environment variable with the path of the results. */
export const resultsVariable = "TASK_EXPORTS_RESULTS";

/** Begins each line of a suite's console output that is meant for the terminal; VS Code prints much else. */
export const suiteLineMark = "[suite] ";

/** The results that a suite wrote, or undefined when it ended before it could. */
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
