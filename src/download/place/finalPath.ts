import { stat } from "node:fs/promises";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { parse } from "content-disposition";
import type { HttpHeaders } from "../../http/httpClient.ts";
import { notWritable } from "../errors/downloadErrors.ts";
import { addToBaseName } from "./fileNames.ts";
import { finalPathTaken } from "./placeFile.ts";
import { untilCancelled } from "../../model/untilCancelled.ts";

export type TakenChoice = "overwrite" | "keepBoth" | "skip";

/** Thrown to leave a download whose file is there already and is to stay. */
export class FileSkipped extends Error {
  readonly path: string;

  constructor(path: string) {
    super("A file of this name is there already and stays.");
    this.path = path;
  }
}

export interface FinalPathOptions {
  /** Absolute. */
  readonly folder: string;
  /** The path below the folder for a file of this name. */
  readonly relativePath: (name: string) => string;
  /** What the person wants done about a path that is taken. */
  readonly fileExists: (path: string) => Promise<TakenChoice>;
  /** Paths that files of this task use. */
  readonly claims: PathClaims;
  /** The file's own part, which may have got its final name in a process that was then killed. */
  readonly part: string;
}

/** Where one file is to lie in the end, and whether it may replace what lies there. */
export class FinalPath {
  readonly #options: FinalPathOptions;
  #path: string;
  #name: string;
  #choice: "overwrite" | "keepBoth" | undefined;

  constructor(name: string, options: FinalPathOptions) {
    this.#options = options;
    this.#name = name;
    this.#path = this.#claim(name);
  }

  get path(): string {
    return this.#path;
  }

  /** What to do about a file that turns up under this path while ours is placed. */
  get choice(): "overwrite" | "keepBoth" {
    return this.#choice ?? "keepBoth";
  }

  /** The store may know a better name than the link showed. */
  rename(name: string): void {
    if (name === this.#name) return;
    this.#name = name;
    const path = this.#claim(name);
    if (path !== this.#path) this.#choice = undefined;
    this.#path = path;
  }

  /**
   * Asks about a path that is taken, once.
   *
   * @throws FileSkipped when what is there is to stay; ExportError `cancelled`.
   */
  async settle(signal: AbortSignal): Promise<void> {
    const { fileExists, part } = this.#options;
    if (this.#choice !== undefined || !(await finalPathTaken(this.#path))) return;
    if (await isSameFile(this.#path, part)) return;
    const choice = await untilCancelled(fileExists(this.#path), signal);
    if (choice === "skip") throw new FileSkipped(this.#path);
    this.#choice = choice;
  }

  #claim(name: string): string {
    const { folder, relativePath, claims } = this.#options;
    return claims.claim(this, pathBelow(folder, relativePath(name)));
  }
}

/** Keeps files of one task from sharing a path, also where a disk does not tell capital letters from small ones. */
export class PathClaims {
  readonly #owners = new Map<string, object>();

  /** The path for one owner: as wanted, or numbered where another owner has that one. */
  claim(owner: object, wanted: string): string {
    for (let copy = 1; ; copy += 1) {
      const name = copy === 1 ? basename(wanted) : addToBaseName(basename(wanted), ` (${copy})`);
      const path = join(dirname(wanted), name);
      const key = path.normalize("NFC").toLowerCase();
      const holder = this.#owners.get(key) ?? owner;
      if (holder !== owner) continue;
      this.#owners.set(key, owner);
      return path;
    }
  }
}

/** A path that a template or a service made; it never leaves the folder. */
export function pathBelow(folder: string, path: string): string {
  const whole = resolve(folder, path);
  const way = relative(folder, whole);
  if (way === "" || way === ".." || way.startsWith(`..${sep}`) || resolve(way) === way) throw notWritable(whole);
  return whole;
}

/** The file name that an answer gives, not yet made safe for a disk. */
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
    const [one, other] = await Promise.all([stat(left, { bigint: true }), stat(right, { bigint: true })]);
    return one.ino === other.ino && one.dev === other.dev && one.ino !== 0n;
  } catch {
    return false;
  }
}
