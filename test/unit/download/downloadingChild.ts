/**
 * A process that downloads one file and says how that ended as one line of JSON, for tests that kill it or give it a
 * disk of its own. Arguments: the file's address, the folder,
 * "wait" or "fail" while another process has the file, how many ranges side by side.
 */
import { createDigester } from "../../../src/download/digest/digester.ts";
import { downloadTask } from "../../../src/download/downloadTask.ts";
import { createDownloadQueues } from "../../../src/download/fileQueue.ts";
import { createHttpClient } from "../../../src/http/undiciClient.ts";
import { ExportError } from "../../../src/model/exportError.ts";

const [url = "", folder = "", whenBusy = "wait", ranges = "1"] = process.argv.slice(2);
/** Longer than a test lets its store be silent. */
const stallTimeoutMs = 300_000;

const http = createHttpClient(() => ({ connectTimeoutMs: 60_000, stallTimeoutMs }));
const digester = createDigester(new URL("../../../src/download/digest/digestWorker.ts", import.meta.url));

try {
  const result = await downloadTask(
    {
      accountId: "account-1",
      taskId: "12345",
      resolve: () => Promise.resolve([{ index: 0, name: "Transactions_Export-12345.csv", url }]),
      folder,
      relativePath: ({ name }) => name,
      fileExists: () => Promise.resolve("overwrite"),
      allowPrivateHosts: true,
      whenBusy: whenBusy === "fail" ? "fail" : "wait",
      signal: new AbortController().signal,
      onProgress: () => undefined,
      keepPartOnCancel: () => true,
    },
    {
      http,
      digester,
      queues: createDownloadQueues(() => 1),
      limits: () => ({
        stallTimeoutMs,
        retryBudgetMs: 5000,
        slowestBytesPerSecond: 0,
        parallelRanges: Number(ranges),
      }),
    },
  );
  process.stdout.write(`${JSON.stringify(result.files[0])}\n`);
} catch (error) {
  if (!(error instanceof ExportError)) throw error;
  process.stdout.write(`${JSON.stringify({ code: error.code, ...error.details })}\n`);
} finally {
  await http.close();
  await digester.dispose();
}
