import { t } from "@vscode/l10n";
import type { TaskKey } from "../../model/taskKey.ts";

/** The scheme of the tables that show all files of a task. */
export const partsScheme = "task-exports-parts";

/** The parts of a URI that identify the task whose files a table shows. */
export interface PartsAddress {
  readonly scheme: string;
  readonly path: string;
}

/** VS Code shows the last segment as the title of the tab. */
export function partsAddress({ accountId, taskId }: TaskKey): PartsAddress {
  const title = t("All parts of task {0}", taskId.replaceAll("/", "_"));
  const segments = [encodeURIComponent(accountId), encodeURIComponent(taskId), title];
  return { scheme: partsScheme, path: `/${segments.join("/")}` };
}

/** The address in a text such as the URI of a table; undefined if the text is anything else. */
export function partsAddressIn(text: string): PartsAddress | undefined {
  const prefix = `${partsScheme}:`;
  if (!text.startsWith(prefix)) return undefined;
  try {
    return { scheme: partsScheme, path: decodeURIComponent(text.slice(prefix.length)) };
  } catch {
    return undefined;
  }
}

/** The task whose files a table shows; undefined for any other URI. */
export function taskOfParts({ scheme, path }: PartsAddress): TaskKey | undefined {
  const [, accountId, taskId] = /^\/([^/]+)\/([^/]+)\//.exec(path) ?? [];
  if (scheme !== partsScheme || accountId === undefined || taskId === undefined) return undefined;
  try {
    return { accountId: decodeURIComponent(accountId), taskId: decodeURIComponent(taskId) };
  } catch {
    return undefined;
  }
}
