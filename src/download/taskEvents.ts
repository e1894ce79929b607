import type { DownloadedFile, DownloadProgress, ResolvedFile } from "../model/contract.ts";
import type { WrittenBytes } from "./writtenBytes.ts";

/** An event about a file while its bytes are fetched. */
export type FileEvent =
  /** For people, so limited to about ten per second. */
  | { readonly kind: "progress"; readonly progress: DownloadProgress }
  /** For readers of the unfinished file, after every write. */
  | { readonly kind: "written"; readonly written: WrittenBytes };

/** What happens to a task's files while they are downloaded, apart from their progress. */
export type TaskEvent =
  | Exclude<FileEvent, { kind: "progress" }>
  /** The service named the files; these are the ones to download. */
  | {
      readonly kind: "planned";
      readonly files: readonly Pick<ResolvedFile, "index" | "name">[];
      /** How many files the task has. */
      readonly count: number;
    }
  /** One file is complete and has its final name. Other files may still be missing. */
  | {
      readonly kind: "arrived";
      readonly file: DownloadedFile;
      /** The folders around it that were created for it and its task. Absolute. */
      readonly folders: readonly string[];
    }
  /** One file failed. The others continue. */
  | { readonly kind: "failed"; readonly file: number; readonly error: unknown };
