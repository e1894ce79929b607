/**
 * The extension's download code in a long-lived process, like the extension host. Each task is sent as an `OurJob` and
 * answered with `OurReading` or `{failure}`. Argument: the file with the certificates to trust.
 */
import { readFileSync } from "node:fs";
import process from "node:process";
import { createDigester, type Digester, type FileDigest } from "../../src/download/digest/digester.ts";
import { downloadTask, type TransferLimits } from "../../src/download/downloadTask.ts";
import { createDownloadQueues } from "../../src/download/fileQueue.ts";
import { createHttpClient } from "../../src/http/undiciClient.ts";
import type { DownloadProgress } from "../../src/model/contract.ts";
import { tell } from "../benchProgram.ts";

export interface OurJob {
  /** The files of the one task. */
  readonly files: readonly { readonly name: string; readonly url: string }[];
  readonly folder: string;
  readonly parallelFiles: number;
  readonly hash: boolean;
  /** The setting of the same name. */
  readonly parallelRanges: number | "auto";
}

export interface OurReading {
  readonly wallSeconds: number;
  /** CPU time of all threads, user and system. */
  readonly cpuSeconds: number;
  /** Elapsed time from the last byte in the part until the last file has its name. */
  readonly afterLastByteSeconds: number;
}

/** The defaults of the settings. */
const limits: TransferLimits = { stallTimeoutMs: 30_000, retryBudgetMs: 120_000, slowestBytesPerSecond: 8 * 1024 };

const ca = [readFileSync(process.argv[2] ?? "", "utf8")];
const http = createHttpClient(() => ({ connectTimeoutMs: 15_000, stallTimeoutMs: limits.stallTimeoutMs, ca }));
const hashing = createDigester(new URL("../../src/download/digest/digestWorker.ts", import.meta.url));

/** Computes no checksums, so that only the transfer is measured. */
const notHashing: Digester = {
  follow: (): FileDigest => ({
    written: () => undefined,
    restart: () => undefined,
    finish: () => Promise.resolve({ sha256: "" }),
    dispose: () => undefined,
  }),
  dispose: () => Promise.resolve(),
};

let jobs = 0;

async function measure({ files, folder, parallelFiles, hash, parallelRanges }: OurJob): Promise<OurReading> {
  let lastByteAt = 0;
  const onProgress = ({ phase }: DownloadProgress): void => {
    if (phase === "verifying") lastByteAt = performance.now();
  };
  const cpuBefore = process.cpuUsage();
  const startedAt = performance.now();
  await downloadTask(
    {
      accountId: "bench",
      taskId: String((jobs += 1)),
      resolve: () => Promise.resolve(files.map((file, index) => ({ index, ...file }))),
      folder,
      relativePath: ({ name }) => name,
      fileExists: () => Promise.resolve("overwrite"),
      allowPrivateHosts: true,
      signal: new AbortController().signal,
      onProgress,
      keepPartOnCancel: () => false,
    },
    {
      http,
      digester: hash ? hashing : notHashing,
      limits: () => ({ ...limits, parallelRanges }),
      queues: createDownloadQueues(() => parallelFiles),
    },
  );
  const endedAt = performance.now();
  const { user, system } = process.cpuUsage(cpuBefore);
  return {
    wallSeconds: (endedAt - startedAt) / 1000,
    cpuSeconds: (user + system) / 1e6,
    afterLastByteSeconds: (endedAt - lastByteAt) / 1000,
  };
}

process.on(
  "message",
  (job: OurJob) => void measure(job).then(tell, (error: unknown) => tell({ failure: String(error) })),
);
process.once("disconnect", () => {
  void Promise.all([http.close(), hashing.dispose()]);
});
tell({ ready: true });
