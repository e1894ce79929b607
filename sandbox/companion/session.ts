import type { AddAccountRequest, DownloadResult } from "../../src/model/contract.ts";

/** Names the environment variable with the path of the session, a JSON file. */
export const sessionVariable = "TASK_EXPORTS_SANDBOX_SESSION";

/** What a VS Code that was started to try Task Exports begins with. */
export interface CompanionSession {
  /** Each is added unless it is there. */
  accounts: AddAccountRequest[];
  /** The main job, done without a person. */
  once?: { taskId: string; resultFile: string };
}

/** What `resultFile` holds afterwards, as JSON. */
export type OnceResult =
  | { ok: true; result: DownloadResult; openedUri: string }
  /** The command's error; without a code when something else failed. */
  | { ok: false; code?: string; message: string };
