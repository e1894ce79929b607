import { lstat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { parse } from "content-disposition";
import type { HttpHeaders } from "../../http/httpClient.ts";
import { isBelow } from "../disk/folders.ts";
import { notWritable } from "../errors/downloadErrors.ts";
import { addToBaseName, pathOnAnyDisk } from "./fileNames.ts";
import { finalPathTaken } from "./placeFile.ts";
import { untilCancelled } from "../../model/untilCancelled.ts";

export type TakenChoice = "overwrite" | "keepBoth" | "skip";

/** Ends the download of a file because an existing file with its name is kept. */
export class FileSkipped extends Error {
  readonly path: string;

  constructor(path: string) {
    super("A file with this name exists and is kept.");
    this.path = path;
  }
}

export interface FinalPathOptions {
  /** Absolute. */
  readonly folder: string;
  /** The path in the folder for a file of this name. */
  readonly relativePath: (name: string) => string;
  /** Decides what to do if the path is taken. */
  readonly decide: (path: string) => Promise<TakenChoice>;
  /** Paths used by files of this task. */
  readonly claims: PathClaims;
  /** The file's own part. A process may have placed it just before it was killed. */
  readonly part: string;
}

/** The path that a file gets once it is complete, and whether it may replace a file that has this path. */
export class FinalPath {
  readonly #options: FinalPathOptions;
  #path: string;
  #name: string;
  #choice: TakenChoice | undefined;

  constructor(name: string, options: FinalPathOptions) {
    this.#options = options;
    this.#name = name;
    this.#path = this.#claim(name);
  }

  get path(): string {
    return this.#path;
  }

  /** What to do if a file with this path appears while ours is being placed. */
  get choice(): "overwrite" | "keepBoth" {
    return this.#choice === "overwrite" ? "overwrite" : "keepBoth";
  }

  /** For a better name from the store than the one in the URL. */
  rename(name: string): void {
    if (name === this.#name) return;
    this.#name = name;
    const path = this.#claim(name);
    if (path !== this.#path) this.#choice = undefined;
    this.#path = path;
  }

  /** Whether another file has the path and what to do about it is not yet decided. */
  async isOpen(): Promise<boolean> {
    if (this.#choice !== undefined || !(await finalPathTaken(this.#path))) return false;
    return !(await isSameFile(this.#path, this.#options.part));
  }

  /** Sets what to do about the existing file. */
  settleAs(choice: TakenChoice): void {
    this.#choice = choice;
  }

  /**
   * Asks what to do if the path is taken, unless that is already decided. Asks at most once for each path.
   *
   * @throws FileSkipped if the existing file is kept; ExportError `cancelled`.
   */
  async settle(signal: AbortSignal): Promise<void> {
    if (await this.isOpen()) this.#choice = await untilCancelled(this.#options.decide(this.#path), signal);
    if (this.#choice === "skip") throw new FileSkipped(this.#path);
  }

  #claim(name: string): string {
    const { folder, relativePath, claims } = this.#options;
    return claims.claim(this, pathBelow(folder, relativePath(name)));
  }
}

/** Gives each file of a task a path of its own, even on a disk that ignores case. */
export class PathClaims {
  readonly #owners = new Map<string, object>();

  /** The wanted path, with a number if another owner has it. */
  claim(owner: object, wanted: string): string {
    for (let copy = 1; ; copy += 1) {
      const name = copy === 1 ? basename(wanted) : addToBaseName(basename(wanted), ` (${copy})`);
      const path = join(dirname(wanted), name);
      const key = pathOnAnyDisk(path);
      const holder = this.#owners.get(key) ?? owner;
      if (holder !== owner) continue;
      this.#owners.set(key, owner);
      return path;
    }
  }
}

/** Resolves a path from a template or a service. It never leaves the folder. */
export function pathBelow(folder: string, path: string): string {
  const whole = resolve(folder, path);
  if (!isBelow(folder, whole)) throw notWritable(whole);
  return whole;
}

/** The file name in a response, not yet made safe for a disk. */
export function nameInAnswer(headers: HttpHeaders): string | undefined {
  const header = headers["content-disposition"];
  if (header === undefined) return undefined;
  try {
    const { filename } = parse(header).parameters;
    return filename === undefined || filename.trim() === "" ? undefined : filename;
  } catch {
    return undefined;
  }
}

async function isSameFile(left: string, right: string): Promise<boolean> {
  try {
    const [one, other] = await Promise.all([lstat(left, { bigint: true }), lstat(right, { bigint: true })]);
    return one.ino === other.ino && one.dev === other.dev && one.ino !== 0n;
  } catch {
    return false;
  }
}
