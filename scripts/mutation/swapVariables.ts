import path from "node:path";
import { pathToFileURL } from "node:url";

/** Names the environment variable with the absolute path of the source file that is replaced. */
export const swappedFileVariable = "TASK_EXPORTS_SWAPPED_FILE";

/** Names the environment variable with the path of a file that contains the other text. */
export const swappedTextVariable = "TASK_EXPORTS_SWAPPED_TEXT";

/** The environment in which Node loads the text in `textFile` instead of `file`, in each thread and each process. */
export function swappingEnvironment(file: string, textFile: string): Record<string, string> {
  const program = pathToFileURL(path.join(import.meta.dirname, "swapSource.ts")).href;
  return { [swappedFileVariable]: file, [swappedTextVariable]: textFile, NODE_OPTIONS: `--import=${program}` };
}
