import { readdir } from "node:fs/promises";
import type { TestContext } from "node:test";
import type { DownloadResult } from "../../../../src/model/contract.ts";
import type { FileExists, Download, DownloadEvent } from "../../../../src/vscode/downloads/download.ts";
import { Downloads } from "../../../../src/vscode/downloads/downloads.ts";
import { always, type Downloading, startDownloading } from "../../download/downloading.ts";
import type { Behaviour, StoreExchange } from "../../download/faultyStore.ts";

export const account = { id: "account-1", service: "spaaza", label: "Shop", endpoint: "http://127.0.0.1" };
export const task = { accountId: account.id, taskId: "12345" };
export const overwrite: FileExists = always("overwrite");

/** The registry of downloads over the real engine, a store on a socket and a folder on the disk. */
export interface Registry {
  readonly downloads: Downloads;
  readonly downloading: Downloading;
  /** What happened, in order: the kind of each event and the files of the download that it belongs to. */
  readonly told: { readonly download: Download; readonly event: DownloadEvent }[];
  /** Names of everything below the folder that is not a complete file. */
  readonly leftovers: () => Promise<string[]>;
  /** A registry of its own over the same folder, as after a restart. */
  readonly again: () => Downloads;
  readonly removeAccount: () => void;
}

/** @param names of the task's files */
export async function startRegistry(
  context: TestContext,
  file: Buffer,
  behave: Behaviour | undefined,
  names: readonly string[],
): Promise<Registry> {
  const downloading = await startDownloading(context, file, behave, { parallelFiles: () => 8 });
  let hasAccount = true;
  const accountListeners = new Set<(id: string) => void>();
  const create = (): Downloads =>
    new Downloads({
      accounts: {
        only: () => account,
        has: (id) => hasAccount && id === account.id,
        onDidChange(listener) {
          accountListeners.add(listener);
          return { dispose: () => accountListeners.delete(listener) };
        },
      },
      run: ({ accountId, taskId, folder, files, ...request }, run): Promise<DownloadResult> =>
        downloading.run(
          {
            ...run,
            fileExists: (paths, signal) => run.fileExists(paths, signal, "service"),
            accountId,
            taskId,
            folder,
            ...(files === undefined ? {} : { files }),
            resolve: () =>
              Promise.resolve(
                names.map((name, index) => ({ index, name, url: `${downloading.store.origin}/${index}` })),
              ),
            ...(request.fileExists === undefined || request.fileExists === "ask"
              ? {}
              : { fileExists: always(request.fileExists) }),
          },
          { retryBudgetMs: 0, stallTimeoutMs: 5000 },
        ),
      folderOf: (asked = downloading.folder) => asked,
    });
  const downloads = create();
  const told: Registry["told"] = [];
  downloads.listen((change) => void told.push(change));
  return {
    downloads,
    downloading,
    told,
    leftovers: async () =>
      (await readdir(downloading.folder, { recursive: true })).filter((name) => name.includes(".part")).sort(),
    again: create,
    removeAccount() {
      hasAccount = false;
      for (const listener of accountListeners) listener(account.id);
    },
  };
}

/** Sends the beginning of a file and cuts the connection once `isReceived` says that bytes are on the disk. */
export async function cutOnceReceived(
  { request, response, file, etag }: StoreExchange,
  isReceived: () => boolean,
): Promise<void> {
  response.writeHead(200, { "content-length": String(file.length), etag });
  response.write(file.subarray(0, 300_000));
  await until(isReceived);
  request.socket.destroy();
}

/** A store that keeps the second half of each file back, so that downloads are under way for as long as a test wants. */
export class HeldStore {
  #isReleased = false;

  readonly behave: Behaviour = async ({ request, response, seen, from = 0, file, etag }) => {
    const range = { "content-range": `bytes ${from}-${file.length - 1}/${file.length}` };
    const headers = { "content-type": "text/csv", "content-length": String(file.length - from), etag };
    response.writeHead(from === 0 ? 200 : 206, from === 0 ? headers : { ...headers, ...range });
    let at = from;
    const send = (bytes: number): void => {
      const piece = file.subarray(at, at + bytes);
      response.write(piece);
      seen.sent += piece.length;
      at += piece.length;
    };
    send(Math.max(1, file.length / 2 - from));
    while (!this.#isReleased && !request.socket.destroyed && at < file.length) {
      // A byte from time to time, because a connection without any is given up.
      send(1);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    response.end(file.subarray(at));
    seen.sent += file.length - at;
  };

  /** Sends the rest of each file. */
  release(): void {
    this.#isReleased = true;
  }
}

/** Whether bytes of a file are in its part. */
export function hasWritten(told: Registry["told"], file: number): boolean {
  return told.some(({ event }) => event.kind === "written" && event.written.file === file && event.written.bytes > 0);
}

/** Waits until something holds; the test's own time limit ends it. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
}

/** Bytes of unfinished files that a download has received. */
export function receivedBytes({ files }: Download): number {
  return files.reduce((sum, { progress, result }) => sum + (result === undefined ? progress.receivedBytes : 0), 0);
}
