import { lstat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { parse } from "content-disposition";
import { isNamedGzip } from "../../http/contentCoding.ts";
import type { HttpHeaders } from "../../http/httpClient.ts";
import { isBelow } from "../../disk/folders.ts";
import { notWritable } from "../../disk/diskErrors.ts";
import { addToBaseName, pathOnAnyDisk } from "../../disk/fileNames.ts";
import { finalPathTaken } from "../../disk/placeFile.ts";
import { exportExtension, usualExtension } from "../../model/exportName.ts";
import { withExportExtension, withGzipExtension } from "./exportExtensions.ts";
import { untilCancelled } from "../../model/untilCancelled.ts";

export type TakenChoice = "overwrite" | "keepBoth" | "skip";

/** Who chose the name of a file: the service, before anything was downloaded, or the response with its bytes. */
export type NamedBy = "service" | "response";

/** What a response says about the name of its file. */
export interface AnsweredName {
  /** The name in its headers, not yet made safe for a disk. */
  readonly name: string | undefined;
  /** The extension that fits its content, for names without one. */
  readonly extension: string;
  /** Whether the file's bytes, after decoding, are gzip. Undefined if there are none. */
  readonly isGzip?: boolean | undefined;
}

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
  readonly decide: (path: string, namedBy: NamedBy) => Promise<TakenChoice>;
  /** Paths used by files of this task. */
  readonly claims: PathClaims;
  /** The file's own part. A process may have placed it just before it was killed. */
  readonly part: string;
}

/**
 * The path that a file gets once it is complete, and whether it may replace a file that has this path. The path always
 * ends in an extension of exports.
 */
export class FinalPath {
  readonly #options: FinalPathOptions;
  readonly #serviceName: string;
  /** The path by the service's name, as known before any response. */
  readonly #planned: string;
  #path: string;
  #choice: TakenChoice | undefined;

  /** @param name the file's name as the service sent it */
  constructor(name: string, options: FinalPathOptions) {
    this.#options = options;
    this.#serviceName = name;
    this.#planned = this.#claim(name, usualExtension);
    this.#path = this.#planned;
  }

  get path(): string {
    return this.#path;
  }

  /** What to do if a file with this path appears while ours is being placed. */
  get choice(): "overwrite" | "keepBoth" {
    return this.#choice === "overwrite" ? "overwrite" : "keepBoth";
  }

  /**
   * The path that the file gets by its names, before its content is known: that of a file to be replaced, or else by the
   * name in the response.
   */
  expectedPath(answeredName: string | undefined): string {
    return this.#choice === "overwrite" ? this.#path : this.#pathFor(answeredName ?? this.#serviceName, usualExtension);
  }

  /**
   * Takes the name from a response, unless it was already decided to replace a file: a response never chooses which
   * file is replaced. But a file is not replaced by bytes that its name doesn't fit.
   */
  answered({ name, extension, isGzip }: AnsweredName): void {
    const fits = isGzip === undefined || isNamedGzip(this.#path) === isGzip;
    if (this.#choice === "overwrite" && fits) return;
    const path = this.#claim(name ?? this.#serviceName, extension, isGzip);
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
    if (await this.isOpen()) {
      const namedBy = this.#path === this.#planned ? "service" : "response";
      this.#choice = await untilCancelled(this.#options.decide(this.#path, namedBy), signal);
    }
    if (this.#choice === "skip") throw new FileSkipped(this.#path);
  }

  /** @param kind the extension that fits the content, for names from which it can't be read */
  #claim(name: string, kind: string, isGzip?: boolean): string {
    const path = this.#pathFor(name, kind);
    return this.#options.claims.claim(this, isGzip === undefined ? path : withGzipExtension(path, isGzip, kind));
  }

  #pathFor(name: string, kind: string): string {
    const { folder, relativePath } = this.#options;
    return withExportExtension(pathBelow(folder, relativePath(name)), exportExtension(this.#serviceName) ?? kind);
  }
}

/** Gives each file of a task a path of its own, even on a disk that ignores case. */
export class PathClaims {
  readonly #owners: Map<string, object>;
  /** The numbers that owners already have, by the wanted path. */
  readonly #copies = new WeakMap<object, Map<string, number>>();
  /** The next number that may be free, so that many files of one name don't try the same numbers again. */
  readonly #next = new Map<string, number>();

  /** @param owners of each path, by `pathOnAnyDisk`. */
  constructor(owners = new Map<string, object>()) {
    this.#owners = owners;
  }

  /** The wanted path, with a number if another owner has it. */
  claim(owner: object, wanted: string): string {
    if (this.#take(owner, wanted)) return wanted;
    const copies = this.#copies.get(owner) ?? new Map<string, number>();
    const key = pathOnAnyDisk(wanted);
    const before = copies.get(key);
    if (before !== undefined && this.#take(owner, numbered(wanted, before))) return numbered(wanted, before);
    const copy = this.#takeNext(owner, wanted);
    this.#copies.set(owner, copies.set(key, copy));
    return numbered(wanted, copy);
  }

  /**
   * Takes the first free number. A long name is shortened to make room for the number, so paths with equally long
   * numbers are counted together.
   */
  #takeNext(owner: object, wanted: string): number {
    for (let digits = 1; ; digits += 1) {
      const first = Math.max(2, 10 ** (digits - 1));
      const family = pathOnAnyDisk(numbered(wanted, first));
      let copy = this.#next.get(family) ?? first;
      while (copy < 10 ** digits && !this.#take(owner, numbered(wanted, copy))) copy += 1;
      this.#next.set(family, copy);
      if (copy < 10 ** digits) return copy;
    }
  }

  #take(owner: object, path: string): boolean {
    const key = pathOnAnyDisk(path);
    const holder = this.#owners.get(key) ?? owner;
    if (holder !== owner) return false;
    this.#owners.set(key, owner);
    return true;
  }
}

function numbered(path: string, copy: number): string {
  return join(dirname(path), addToBaseName(basename(path), ` (${copy})`));
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
