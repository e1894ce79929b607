import type { AddAccountRequest, DownloadResult } from "../../src/model/contract.ts";

/** The environment variable with the path of the session, a JSON file. */
export const sessionVariable = "TASK_EXPORTS_SANDBOX_SESSION";

/** What a VS Code for trying Task Exports starts with. */
export interface CompanionSession {
  /** Each account is added unless it exists. */
  accounts: AddAccountRequest[];
  /** The main job, if it runs without a person. */
  once?: { taskId: string; resultFile: string };
}

/** The content of `resultFile` afterwards, as JSON. */
export type OnceResult =
  | { ok: true; result: DownloadResult; openedUri: string }
  /** The command's error. Without a code if something else failed. */
  | { ok: false; code?: string; message: string };
