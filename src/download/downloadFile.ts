import { basename, dirname } from "node:path";
import { pathToFileURL } from "node:url";
import type { HttpHeaders } from "../http/httpClient.ts";
import type { DownloadedFile } from "../model/contract.ts";
import { defined } from "../model/defined.ts";
import { ExportError, isCancelled } from "../model/exportError.ts";
import type { Digester, FileDigest } from "./digest/digester.ts";
import { sha256Of } from "./digest/sha256Of.ts";
import { busyElsewhere, checksumMismatch, truncated } from "./errors/downloadErrors.ts";
import type { WrittenBytes } from "./writtenBytes.ts";
import { extensionByContent } from "./exportKind.ts";
import { FileSkipped, type FinalPath, nameInAnswer } from "./place/finalPath.ts";
import { fromFileSystem } from "../disk/fileSystemErrors.ts";
import { sizeOfOwnFile } from "../disk/ordinaryFile.ts";
import type { CreatedFolders } from "./part/createdFolders.ts";
import { accessPart } from "./part/partAccess.ts";
import { type PartBeginning, PartFile } from "./part/partFile.ts";
import type { DownloadQueues, Turn } from "./fileQueue.ts";
import type { FileLock } from "../disk/fileLock.ts";
import type { FileKey, PartPaths } from "./part/partPaths.ts";
import { findPlaced, leavePlaced } from "./part/placedFiles.ts";
import { placeFile } from "../disk/placeFile.ts";
import type { ProgressReporter } from "./progressReporter.ts";
import type { PlacedFile } from "./part/sidecar.ts";
import { contentKind } from "./transfer/contentKind.ts";
import { Transfer } from "./transfer/transfer.ts";
import type { FileLink, Transferred, TransferParts } from "./transfer/transferJob.ts";
import { untilCancelled } from "../model/untilCancelled.ts";
import { compareChecksums, isCutOffGzip } from "./verify.ts";

export interface FileDownload {
  readonly key: FileKey & { readonly name: string };
  readonly paths: PartPaths;
  readonly final: FinalPath;
  /** The folders that were created for the task. */
  readonly folders: CreatedFolders;
  readonly link: FileLink;
  readonly allowPrivateHosts: boolean;
  readonly whenBusy: "wait" | "fail";
  /** Whether other files of the task are downloaded too, so that a later call has to know that this one is complete. */
  readonly hasSiblings: boolean;
  readonly signal: AbortSignal;
  readonly progress: ProgressReporter;
  readonly keepPartOnCancel: () => boolean;
  readonly onWrittenBytes: (growth: WrittenBytes) => void;
  /** Reports waiting for other downloads. */
  readonly turn: Turn;
}

export interface FileDownloadParts extends TransferParts {
  readonly digester: Digester;
  readonly queues: DownloadQueues;
}

/**
 * Downloads one file of a task: takes the lock of its part, fetches and verifies the bytes, and gives the file its
 * final name. Nothing has that name before the file is complete.
 *
 * @throws ExportError what `Transfer.run` throws, and `checksumMismatch`, `truncated`, `busyElsewhere`, `fileExists`.
 */
export async function downloadFile(download: FileDownload, parts: FileDownloadParts): Promise<DownloadedFile> {
  const { paths, final, folders, signal, progress, whenBusy } = download;
  try {
    const isIntact = async ({ path, sha256 }: PlacedFile): Promise<boolean> =>
      (await sha256Of(path, parts.digester, signal)) === sha256;
    const before = await findPlaced(paths);
    if (before?.taskUnfinished === true && (await isIntact(before))) return alreadyThere(before, download);
    await final.settle(signal);
    const onWaiting = (retryInMs: number, reason: string): void => progress.enter("waiting", { retryInMs, reason });
    const access = await accessPart(paths, { whenBusy, folders, clock: parts.clock, signal, onWaiting, isIntact });
    if (access.kind === "placed") return alreadyThere(access.placed, download);
    return await underLock(download, parts, access.lock);
  } catch (error) {
    if (error instanceof FileSkipped) return skipped(error.path, download, parts);
    throw await fromFileSystem(error, paths.part, 0);
  }
}

async function underLock(download: FileDownload, parts: FileDownloadParts, lock: FileLock): Promise<DownloadedFile> {
  const { paths, key, folders } = download;
  const signal = AbortSignal.any([download.signal, lock.lost]);
  try {
    const part = await PartFile.open(paths, key, folders);
    const fileRun = new FileRun({ ...download, signal }, parts, part);
    try {
      return await fileRun.run();
    } catch (error) {
      const unwanted = isCancelled(error) && !lock.lost.aborted && !download.keepPartOnCancel();
      // What can't be removed must not hide why the download ended.
      const isUseless = part.length === 0 || (isDiskFull(error) && part.beginning?.decoded === true);
      if (unwanted || error instanceof FileSkipped || isUseless) await part.remove().catch(() => undefined);
      throw lock.lost.aborted ? busyElsewhere(paths.part) : error;
    } finally {
      fileRun.dispose();
      await part.close();
    }
  } finally {
    await lock.release();
  }
}

/** What was decoded can't be resumed, so it would only keep the disk full. */
function isDiskFull(error: unknown): boolean {
  return error instanceof ExportError && error.code === "diskFull";
}

/** A smaller file is on the disk sooner than anybody could cancel. */
const quicklyFlushedBytes = 8 * 1024 * 1024;

/** One file, from opening its part to placing it. */
class FileRun {
  readonly #download: FileDownload;
  readonly #parts: FileDownloadParts;
  readonly #part: PartFile;
  readonly #transfer: Transfer;
  #digest: FileDigest | undefined;
  #leaveTurn: () => void = () => undefined;

  constructor(download: FileDownload, parts: FileDownloadParts, part: PartFile) {
    const { link, allowPrivateHosts, signal, progress, final } = download;
    this.#download = download;
    this.#parts = parts;
    this.#part = part;
    const job = {
      link,
      part,
      allowPrivateHosts,
      signal,
      nameOf: (headers: HttpHeaders) => basename(final.expectedPath(nameInAnswer(headers))),
      onAnswer: async (headers: HttpHeaders, firstBytes: Uint8Array) => {
        const extension = extensionByContent(firstBytes, headers["content-type"]);
        const isGzip = firstBytes.byteLength === 0 ? undefined : contentKind(firstBytes, undefined) === "gzip";
        final.answered({ name: nameInAnswer(headers), extension, isGzip });
        progress.rename(basename(final.path));
        await final.settle(signal);
      },
      onBegin: (beginning: PartBeginning) => {
        this.#follow(beginning);
        part.setFinalPath(final.path);
        this.#grew(0, beginning);
        progress.enter("downloading", { receivedBytes: 0, ...totalOf(beginning) });
      },
      onWritten: (length: number) => {
        this.#digest?.written(length);
        this.#grew(length, part.beginning);
        progress.received(length, part.beginning?.identity.total);
      },
      onResumed: (from: number) => {
        if (this.#digest === undefined) this.#follow(part.beginning).written(from);
        this.#grew(from, part.beginning);
        progress.enter("downloading", { resumedFrom: from, receivedBytes: from, ...totalOf(part.beginning) });
      },
      // The next file can use the network while this one is written.
      onReceived: () => this.#leaveTurn(),
      onWaiting: (retryInMs: number, reason: string) => progress.enter("waiting", { retryInMs, reason }),
      onNewLink: () => progress.enter("resolving"),
    };
    this.#transfer = new Transfer(job, parts);
  }

  async run(): Promise<DownloadedFile> {
    const { key, paths, hasSiblings, progress } = this.#download;
    const whole = await this.#fetchVerified();
    await this.#part.close();
    const path = await this.#place();
    const { bytes, sha256, verified } = whole;
    const growth = { file: key.fileIndex, part: paths.part, path, bytes, total: bytes, placed: true };
    this.#download.onWrittenBytes(growth);
    const placed: PlacedFile = {
      path,
      bytes,
      sha256,
      verified,
      placedAt: new Date().toISOString(),
      taskUnfinished: hasSiblings,
    };
    // The file is complete. Without the note, it is only downloaded again when the missing files are.
    await leavePlaced(paths, key, placed).catch(() => undefined);
    progress.rename(basename(path));
    progress.enter("done", { receivedBytes: bytes, totalBytes: bytes });
    const { requests, resumed } = this.#transfer;
    return { ...described(placed, key), requests, resumed };
  }

  dispose(): void {
    this.#digest?.dispose();
  }

  #grew(bytes: number, beginning: PartBeginning | undefined): void {
    const { key, paths, final, onWrittenBytes } = this.#download;
    const total = defined({ total: beginning?.identity.total });
    onWrittenBytes({ file: key.fileIndex, part: paths.part, path: final.path, bytes, ...total, placed: false });
  }

  /** Fetches and verifies the file. If it is wrong, fetches it once more from the start. */
  async #fetchVerified(): Promise<Whole> {
    for (let chance = 1; ; chance += 1) {
      const transferred = await this.#transferInTurn();
      this.#download.progress.enter("verifying", { receivedBytes: this.#part.length });
      const whole = await this.#judge(transferred);
      if (typeof whole === "object") return whole;
      // If the length matches, the store's own file is cut off, and fetching it again would not help.
      const lasting = whole === "cutOff" && transferred.total !== undefined;
      if (chance > 1 || lasting) {
        await this.#part.remove();
        throw whole === "cutOff" ? truncated(transferred.host) : checksumMismatch(transferred.host);
      }
      this.#transfer.forget();
    }
  }

  #transferInTurn(): Promise<Transferred> {
    const { turn, signal } = this.#download;
    return this.#parts.queues.transfers.run(
      (leave) => {
        this.#leaveTurn = leave;
        return this.#transfer.run();
      },
      { ...turn, signal },
    );
  }

  async #judge({ total }: Transferred): Promise<Whole | "different" | "cutOff"> {
    const { signal } = this.#download;
    const bytes = this.#part.length;
    const digest = this.#digest ?? this.#follow(this.#part.beginning);
    digest.written(bytes);
    const [digests, cutOff] = await Promise.all([
      digest.finish(bytes, signal),
      isCutOffGzip(this.#part.paths.part, signal),
    ]);
    const verified = compareChecksums(digests, this.#part.beginning?.checksums ?? [], total);
    if (verified === "different") return "different";
    return cutOff ? "cutOff" : { bytes, sha256: digests.sha256 ?? "", verified };
  }

  async #place(): Promise<string> {
    const { final, folders, paths, signal } = this.#download;
    // Placing flushes as well, but can't be canceled meanwhile. After this flush, it has little left to write.
    if (this.#part.length > quicklyFlushedBytes) await untilCancelled(this.#part.flush(), signal);
    await final.settle(signal);
    await folders.make(dirname(final.path));
    return placeFile(paths.part, final.path, final.choice, signal);
  }

  /** Starts to hash the part from its first byte. */
  #follow(beginning: PartBeginning | undefined): FileDigest {
    this.#digest?.dispose();
    const announced = beginning?.checksums.map(({ algorithm }) => algorithm) ?? [];
    this.#digest = this.#parts.digester.follow(this.#part.paths.part, [...announced, "sha256"]);
    return this.#digest;
  }
}

function totalOf(beginning: PartBeginning | undefined): { totalBytes?: number } {
  return defined({ totalBytes: beginning?.identity.total });
}

interface Whole {
  readonly bytes: number;
  readonly sha256: string;
  readonly verified: DownloadedFile["verified"];
}

function alreadyThere(placed: PlacedFile, { key, progress }: FileDownload): DownloadedFile {
  progress.rename(basename(placed.path));
  progress.enter("done", { receivedBytes: placed.bytes, totalBytes: placed.bytes });
  return { ...described(placed, key), requests: 0, resumed: 0 };
}

function described(placed: PlacedFile, { fileIndex }: FileKey): Omit<DownloadedFile, "requests" | "resumed"> {
  const { path, bytes, sha256, verified } = placed;
  return { index: fileIndex, uri: pathToFileURL(path).href, name: basename(path), bytes, sha256, verified };
}

async function skipped(path: string, download: FileDownload, parts: FileDownloadParts): Promise<DownloadedFile> {
  const { signal } = download;
  const sha256 = await sha256Of(path, parts.digester, signal);
  const bytes = await sizeOfOwnFile(path);
  const there = { path, bytes, sha256, verified: "unverified", placedAt: "", taskUnfinished: false } as const;
  return { ...alreadyThere(there, download), skipped: true };
}
