import { constants, type Dirent, readdirSync, type Stats } from "node:fs";
import disk, { type FileHandle } from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";
import { join, relative, sep } from "node:path";
import type { TestContext } from "node:test";

/** What distinguishes a file system from that of this computer. A code says how an operation is refused. */
export interface DiskTraits {
  readonly chmod?: string;
  readonly link?: string;
  readonly setDates?: string;
  readonly flushFile?: string;
  readonly flushFolder?: string;
  readonly ignoresCase?: boolean;
  /** Lists names in decomposed Unicode, as HFS+ does, and accepts both forms. */
  readonly decomposes?: boolean;
  /** Dates are multiples of this. */
  readonly dateStepMs?: number;
  /** What the disk says about its space, in bytes; default what the real one says. */
  readonly space?: () => { readonly total: number; readonly free: number };
  /** Called before each change. Returns the code with which it fails, or undefined. */
  readonly beforeChange?: (change: "write" | "remove") => string | undefined;
}

/** An operation of `node:fs/promises` whose first arguments are paths. */
type Operation = (...words: never[]) => Promise<unknown>;

/**
 * Makes the functions of `node:fs/promises` behave below a folder as on another file system, until the test ends. The
 * bytes are still on a real disk. No code of the extension knows about it.
 */
export function behaveAs(context: TestContext, root: string, traits: DiskTraits): void {
  const before = { ...disk };
  const other = new OtherDisk(root, traits, before);
  Object.assign(disk, other.functions());
  syncBuiltinESMExports();
  context.after(() => {
    Object.assign(disk, before);
    syncBuiltinESMExports();
  });
}

class OtherDisk {
  readonly #root: string;
  readonly #traits: DiskTraits;
  readonly #real: typeof disk;

  constructor(root: string, traits: DiskTraits, real: typeof disk) {
    this.#root = root;
    this.#traits = traits;
    this.#real = real;
  }

  functions(): Partial<typeof disk> {
    const { link, setDates } = this.#traits;
    const real = this.#real;
    return {
      open: ((path: string, flags?: number | string, mode?: number) =>
        this.#open(path, flags, mode)) as typeof real.open,
      lstat: this.#dated(real.lstat),
      stat: this.#dated(real.stat),
      readdir: this.#listing(real.readdir) as typeof real.readdir,
      readFile: this.#reading(real.readFile),
      statfs: this.#measuring(real.statfs) as typeof real.statfs,
      unlink: this.#removing(real.unlink),
      rm: this.#removing(real.rm),
      mkdir: this.#changing(real.mkdir),
      writeFile: this.#changing(real.writeFile),
      rename: this.#changing(real.rename, 2),
      link: this.#changing(real.link, 2, link),
      utimes: this.#changing(real.utimes, 1, setDates),
      lutimes: this.#changing(real.lutimes, 1, setDates),
      chmod: this.#changing(real.chmod, 1, this.#traits.chmod),
    };
  }

  #changing<Function extends Operation>(operation: Function, paths = 1, refusal?: string): Function {
    return (async (...words: never[]) => {
      const isHere = words.slice(0, paths).some((path) => this.#has(path));
      if (isHere) this.#change(refusal);
      return operation(...this.#located(words, paths));
    }) as Function;
  }

  #removing<Function extends Operation>(operation: Function): Function {
    return (async (...words: never[]) => {
      if (this.#has(words[0])) this.#change(undefined, "remove");
      return operation(...this.#located(words, 1));
    }) as Function;
  }

  #reading<Function extends Operation>(operation: Function): Function {
    return ((...words: never[]) => operation(...this.#located(words, 1))) as Function;
  }

  #measuring(operation: Operation): Operation {
    return async (...words) => {
      const { space } = this.#traits;
      if (space === undefined || !this.#has(words[0])) return operation(...this.#located(words, 1));
      const { total, free } = space();
      return { bsize: 1, blocks: total, bavail: free };
    };
  }

  #listing(operation: Operation): Operation {
    return async (...words) => {
      const entries = (await operation(...this.#located(words, 1))) as (string | Dirent)[];
      return this.#has(words[0]) && this.#traits.decomposes === true ? entries.map(decomposed) : entries;
    };
  }

  #dated<Function extends Operation>(operation: Function): Function {
    return (async (...words: never[]) => {
      const stats = await operation(...this.#located(words, 1));
      return this.#has(words[0]) ? this.#rounded(stats as Stats) : stats;
    }) as Function;
  }

  #rounded(stats: Stats): Stats {
    const { dateStepMs = 1 } = this.#traits;
    if (typeof stats.mtimeMs === "number") stats.mtimeMs -= stats.mtimeMs % dateStepMs;
    return stats;
  }

  async #open(path: string, flags?: number | string, mode?: number): Promise<FileHandle> {
    if (!this.#has(path)) return this.#real.open(path, flags, mode);
    if (creates(flags)) this.#change();
    const handle = await this.#real.open(this.#locate(path), flags, mode);
    const isFolder = (await handle.stat()).isDirectory();
    const { chmod, flushFile, flushFolder } = this.#traits;
    const changing = <Function extends Operation>(operation: Function, refusal?: string): Function =>
      (async (...words: never[]) => {
        this.#change(refusal);
        return operation(...words);
      }) as Function;
    const flushRefusal = isFolder ? flushFolder : flushFile;
    return Object.assign(handle, {
      chmod: changing(handle.chmod.bind(handle), chmod),
      sync: changing(handle.sync.bind(handle), flushRefusal),
      datasync: changing(handle.datasync.bind(handle), flushRefusal),
      write: changing(handle.write.bind(handle)),
      writev: changing(handle.writev.bind(handle)),
      writeFile: changing(handle.writeFile.bind(handle)),
      truncate: changing(handle.truncate.bind(handle)),
    });
  }

  #change(refusal?: string, change: "write" | "remove" = "write"): void {
    const code = refusal ?? this.#traits.beforeChange?.(change);
    if (code !== undefined) throw Object.assign(new Error(`${code}: refused by the disk`), { code });
  }

  #has(path: unknown): boolean {
    return typeof path === "string" && (path === this.#root || path.startsWith(`${this.#root}${sep}`));
  }

  #located(words: never[], paths: number): never[] {
    return words.map((word, index) => (index < paths && this.#has(word) ? (this.#locate(word) as never) : word));
  }

  /** Where the real disk has what this disk finds under a path. */
  #locate(path: string): string {
    let found = this.#root;
    for (const name of relative(this.#root, path).split(sep)) {
      if (name === "") continue;
      const same = namesIn(found).find((each) => this.#fold(each) === this.#fold(name));
      found = join(found, same ?? name);
    }
    return found;
  }

  #fold(name: string): string {
    const composed = this.#traits.decomposes === true ? name.normalize("NFC") : name;
    return this.#traits.ignoresCase === true ? composed.toLowerCase() : composed;
  }
}

function creates(flags: number | string | undefined): boolean {
  if (typeof flags === "number") return (flags & constants.O_CREAT) !== 0;
  return flags !== undefined && !flags.startsWith("r");
}

function decomposed(entry: string | Dirent): string | Dirent {
  if (typeof entry === "string") return entry.normalize("NFD");
  entry.name = entry.name.normalize("NFD");
  return entry;
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
