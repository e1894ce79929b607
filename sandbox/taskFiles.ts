import type { Content } from "./sampleData/content.ts";
import type { FileFacts, FileStore, StoreFile } from "./store/fileStore.ts";

/** One file of a task's result, as declared by the reserved tasks. */
export interface TaskFile {
  /** Its path in the store. The last segment is the name in the URL. */
  readonly path: string;
  readonly content: Content;
  /** The name in `Content-Disposition`, if the store sends one. */
  readonly dispositionName?: string;
  /** The store announces a wrong MD5. */
  readonly wrongChecksum?: boolean;
  /** The URL is signed, but there is no file. */
  readonly missing?: boolean;
}

/** The kind of a download URL: valid, expired, with a wrong signature, or valid for only 2 seconds. */
export type LinkKind = "link" | "expiredLink" | "forgedLink" | "shortLink";

const shortLinkSeconds = 2;

/** Names, sizes and hashes of the expected files of a download. */
export interface ExpectedFile extends FileFacts {
  /** As sent by the service or the store, not yet made safe for a file system. */
  name: string;
}

/** Creates the declared files when they are first requested, and signs their URLs. */
export class FileShelf {
  readonly #store: FileStore;
  readonly #seed: number;
  readonly #signal: AbortSignal;

  constructor(store: FileStore, seed: number, signal: AbortSignal) {
    this.#store = store;
    this.#seed = seed;
    this.#signal = signal;
  }

  async link(file: TaskFile, kind: LinkKind, seconds: number): Promise<string> {
    if (!file.missing) await this.#ensure(file);
    const lifeSeconds = kind === "expiredLink" ? -60 : kind === "shortLink" ? shortLinkSeconds : seconds;
    const url = this.#store.signedUrl(file.path, new Date(Date.now() + lifeSeconds * 1000));
    return kind === "forgedLink" ? url.replace(/sig=[^&]+/, `sig=${encodeURIComponent(forgedSignature)}`) : url;
  }

  async expected(file: TaskFile): Promise<ExpectedFile> {
    if (file.missing) throw new Error(`The sandbox keeps ${file.path} missing on purpose.`);
    return { name: file.dispositionName ?? lastPart(file.path), ...(await this.#ensure(file)) };
  }

  #ensure(file: TaskFile): Promise<FileFacts> {
    return this.#store.ensure(this.#toStoreFile(file), this.#signal);
  }

  #toStoreFile({ path, content, dispositionName, wrongChecksum }: TaskFile): StoreFile {
    return {
      path,
      contentType: content.contentType,
      recipe: `${this.#seed} ${content.recipe}`,
      open: () => content.open(this.#seed),
      ...(dispositionName !== undefined && { disposition: `attachment; filename="${dispositionName}"` }),
      ...(wrongChecksum && { announcedMd5: Buffer.alloc(16).toString("base64") }),
    };
  }
}

const forgedSignature = Buffer.alloc(32, 1).toString("base64");

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
