import type { Digester } from "../../download/digest/digester.ts";
import { downloadTask, type TransferLimits } from "../../download/downloadTask.ts";
import type { DownloadQueues } from "../../download/fileQueue.ts";
import type { HttpClient } from "../../http/httpClient.ts";
import type { TakenChoice } from "../../download/place/finalPath.ts";
import { defined } from "../../model/defined.ts";
import { isPrivateHost } from "../../model/hostRules.ts";
import type { Accounts } from "../accounts/accounts.ts";
import { readSetting } from "../settings.ts";
import type { RunDownload } from "./download.ts";
import { fileNaming, givenNaming } from "./fileNaming.ts";

export interface RunParts {
  readonly accounts: Accounts;
  readonly http: HttpClient;
  readonly digester: Digester;
  /** The queues in which the files of all downloads wait. */
  readonly queues: DownloadQueues;
}

/** Runs downloads with the user's accounts and settings. */
export function downloadRunner({ accounts, http, digester, queues }: RunParts): RunDownload {
  return async ({ accountId, taskId, folder, files, fileName }, run) => {
    const account = accounts.only(accountId, taskId);
    return downloadTask(
      {
        accountId,
        taskId,
        folder,
        ...defined({ files }),
        resolve: (call) => accounts.resolveDownload(accountId, taskId, call),
        relativePath:
          fileName === undefined
            ? await fileNaming(accounts, account, taskId, run.signal)
            : givenNaming(fileName, files),
        fileExists: (paths, signal) => run.fileExists(paths, signal, "service"),
        existsByResponse: async (path, signal) => choiceOf(await run.fileExists([path], signal, "response")),
        allowPrivateHosts: isPrivateHost(new URL(account.endpoint).hostname),
        signal: run.signal,
        onProgress: (progress) => run.onProgress(progress),
        onEvent: (event) => run.onEvent(event),
        keepPartOnCancel: () => run.keepPartOnCancel(),
      },
      { http, digester, queues, limits: transferLimits },
    );
  };
}

function choiceOf(choices: TakenChoice | readonly TakenChoice[]): TakenChoice {
  return typeof choices === "string" ? choices : (choices[0] ?? "skip");
}

function transferLimits(): TransferLimits {
  return {
    stallTimeoutMs: readSetting("network.stallTimeoutSeconds") * 1000,
    retryBudgetMs: readSetting("network.retryBudgetSeconds") * 1000,
    slowestBytesPerSecond: readSetting("network.slowestKibPerSecond") * 1024,
    parallelRanges: readSetting("network.parallelRanges"),
  };
}
