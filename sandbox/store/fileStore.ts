import { createHash, randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import {
  AccountSASPermissions,
  BlobSASPermissions,
  BlobServiceClient,
  BlockBlobClient,
  StorageSharedKeyCredential,
  generateAccountSASQueryParameters,
  generateBlobSASQueryParameters,
} from "@azure/storage-blob";
import type { BlobHTTPHeaders, ContainerClient } from "@azure/storage-blob";
import type { StoreAccount } from "./azuriteProcess.ts";

/** A file for the store. */
export interface StoreFile {
  /** Its path in the container, which is the end of the URL's path. */
  path: string;
  contentType: string;
  /** Sent as `Content-Disposition` with every download. */
  disposition?: string;
  /** Announced as `Content-MD5` instead of the right one, in base64. */
  announcedMd5?: string;
  /** Changes whenever the bytes change. A file of an earlier run is reused only if this is the same. */
  recipe: string;
  open(): Iterable<Buffer>;
}

export interface FileFacts {
  bytes: number;
  /** Lower-case hex. */
  sha256: string;
}

const containerName = "exports";
/** Files up to this size are uploaded in one piece, and the store then announces their MD5 with each download. */
const onePieceBytes = 8 * 1024 * 1024;
const aDayMs = 86_400_000;

/**
 * The container with the files of both services. Uploads use signed URLs, so an `Authorization` header in the log is
 * always a leak.
 */
export class FileStore {
  readonly #credential: StorageSharedKeyCredential;
  readonly #container: ContainerClient;
  readonly #logFile: string;
  readonly #origin: string;
  readonly #stored = new Map<string, Promise<FileFacts>>();

  constructor(origin: string, account: StoreAccount, logFile: string) {
    this.#origin = origin;
    this.#logFile = logFile;
    this.#credential = new StorageSharedKeyCredential(account.name, account.key);
    const signature = generateAccountSASQueryParameters(
      {
        expiresOn: new Date(Date.now() + aDayMs),
        permissions: AccountSASPermissions.parse("rwcdl"),
        resourceTypes: "co",
        services: "b",
      },
      this.#credential,
    );
    const service = new BlobServiceClient(`${origin}/${account.name}?${signature.toString()}`);
    this.#container = service.getContainerClient(containerName);
  }

  async prepare(): Promise<void> {
    await this.#container.createIfNotExists();
  }

  /** Uploads the file when it is first requested. Streams it, so the memory doesn't depend on its size. */
  ensure(file: StoreFile, signal: AbortSignal): Promise<FileFacts> {
    const known = this.#stored.get(file.path);
    if (known !== undefined) return known;
    const storing = this.#store(file, signal);
    this.#stored.set(file.path, storing);
    storing.catch(() => this.#stored.delete(file.path));
    return storing;
  }

  /**
   * A URL for reading one path until `expiresOn` (rounded up to a whole second, as in signatures), even if there is no
   * file.
   */
  signedUrl(filePath: string, expiresOn: Date): string {
    const signature = generateBlobSASQueryParameters(
      {
        containerName,
        blobName: filePath,
        permissions: BlobSASPermissions.parse("r"),
        expiresOn: new Date(Math.ceil(expiresOn.getTime() / 1000) * 1000),
      },
      this.#credential,
    );
    const { origin, pathname } = new URL(this.#blob(filePath).url);
    return `${origin}${pathname}?${signature.toString()}`;
  }

  /** Everything that the store has logged: each request with its headers. */
  async readLog(): Promise<string> {
    const mark = randomUUID();
    await (await fetch(`${this.#origin}/${mark}`)).arrayBuffer();
    // The store writes its log after its responses. When the marker appears, everything before it is complete.
    for (let attempt = 0; attempt < 100; attempt++) {
      const log = await readFile(this.#logFile, "utf8");
      if (log.includes(mark)) return log;
      await sleep(20);
    }
    throw new Error("The store's log does not show a request that it answered.");
  }

  #blob(filePath: string): BlockBlobClient {
    // URL parsers would normalize a path with `..`, so its slashes are escaped.
    const escaped = filePath.includes("..")
      ? encodeURIComponent(filePath)
      : filePath.split("/").map(encodeURIComponent).join("/");
    const url = new URL(this.#container.url);
    url.pathname += `/${escaped}`;
    return new BlockBlobClient(url.href);
  }

  async #store(file: StoreFile, signal: AbortSignal): Promise<FileFacts> {
    const blob = this.#blob(file.path);
    const kept = await keptFacts(blob, file.recipe);
    if (kept !== undefined) return kept;
    const facts = await upload(blob, file, signal);
    if (file.announcedMd5 !== undefined) {
      // The store checks an MD5 that is sent with the bytes, but accepts any MD5 that is set afterwards.
      await blob.setHTTPHeaders({ ...headersOf(file), blobContentMD5: Buffer.from(file.announcedMd5, "base64") });
    }
    await blob.setMetadata({ recipe: recipeMark(file.recipe), sha256: facts.sha256 });
    return facts;
  }
}

async function keptFacts(blob: BlockBlobClient, recipe: string): Promise<FileFacts | undefined> {
  if (!(await blob.exists())) return undefined;
  const { contentLength: bytes, metadata } = await blob.getProperties();
  const sha256 = metadata?.["sha256"];
  if (bytes === undefined || sha256 === undefined || metadata?.["recipe"] !== recipeMark(recipe)) return undefined;
  return { bytes, sha256 };
}

function headersOf({ contentType, disposition }: StoreFile): BlobHTTPHeaders {
  return {
    blobContentType: contentType,
    ...(disposition !== undefined && { blobContentDisposition: disposition }),
  };
}

function recipeMark(recipe: string): string {
  return createHash("sha256").update(recipe).digest("hex");
}

async function upload(blob: BlockBlobClient, file: StoreFile, signal: AbortSignal): Promise<FileFacts> {
  const hash = createHash("sha256");
  let bytes = 0;
  function* counted(): Generator<Buffer> {
    for (const piece of file.open()) {
      hash.update(piece);
      bytes += piece.length;
      yield piece;
    }
  }
  const blobHTTPHeaders = headersOf(file);
  const rest = counted();
  const start: Buffer[] = [];
  while (bytes < onePieceBytes) {
    const next = rest.next();
    if (next.done) {
      await blob.upload(Buffer.concat(start), bytes, { blobHTTPHeaders, abortSignal: signal });
      return { bytes, sha256: hash.digest("hex") };
    }
    start.push(next.value);
  }
  function* whole(): Generator<Buffer> {
    yield* start.splice(0);
    yield* rest;
  }
  await blob.uploadStream(Readable.from(whole()), 16 * 1024 * 1024, 2, { blobHTTPHeaders, abortSignal: signal });
  return { bytes, sha256: hash.digest("hex") };
}
