import { execFile } from "node:child_process";
import { constants } from "node:fs";
import { open, realpath } from "node:fs/promises";
import { devNull } from "node:os";
import { delimiter, dirname, join, relative, sep } from "node:path";
import { promisify } from "node:util";
import { notWritable } from "../../disk/diskErrors.ts";
import { findProgram, isBelow, type ProgramSearch, trustedFolders } from "./findProgram.ts";

const run = promisify(execFile);

/** Windows has neither `O_NOFOLLOW` nor `O_NONBLOCK`. A pipe is opened without waiting for its other end. */
const carefully = constants.O_NOFOLLOW | constants.O_NONBLOCK;

/** A file that Git would include in a commit of all files. */
export interface UnignoredFile {
  /** The folder of the working tree. */
  readonly root: string;
  /** The line for its `.gitignore` that excludes the file, and others next to it. */
  readonly line: string;
}

/** How Git is found and run. */
export interface GitSurroundings extends ProgramSearch {
  /** An existing folder of ours in which it runs. */
  readonly workingFolder: string;
  /** A run that takes longer is ended; default 10 s. A pipe in place of a file that Git reads would keep it waiting. */
  readonly longestRunMs?: number;
}

/**
 * Checks whether a file is in a Git working tree that doesn't ignore it. Returns undefined if not, or if Git can't say.
 */
export async function findUnignored(
  path: string,
  signal: AbortSignal,
  surroundings: GitSurroundings,
): Promise<UnignoredFile | undefined> {
  try {
    const git = await gitIn(await realpath(dirname(path)), signal, surroundings);
    const root = (await git(["rev-parse", "--show-toplevel"])).replace(/\r?\n$/, "");
    const file = await realpath(path);
    // The configuration of a repository can name any folder as its working tree.
    if (!isBelow(file, await realpath(root)) || (await isIgnored(file, git))) return undefined;
    return { root, line: ignoreLine(root, file) };
  } catch {
    // Without Git or a working tree, nothing can be committed by mistake.
    return undefined;
  }
}

/**
 * Appends the line to the working tree's `.gitignore`, and a newline before it if needed. Rejects if that is a link,
 * which could lead to any file, or a pipe.
 */
export async function addToGitIgnore({ root, line }: UnignoredFile): Promise<string> {
  const path = join(root, ".gitignore");
  const file = await open(path, constants.O_RDWR | constants.O_CREAT | constants.O_APPEND | carefully);
  try {
    if (!(await file.stat()).isFile()) throw notWritable(root);
    const before = await file.readFile("utf8");
    const separator = before === "" || before.endsWith("\n") ? "" : "\n";
    await file.appendFile(`${separator}${line}\n`);
  } finally {
    await file.close();
  }
  return path;
}

/** Runs Git for a folder. Resolves with what it prints; rejects if it fails. */
type Git = (argv: readonly string[]) => Promise<string>;

/**
 * Git reads the configuration of the repository, which can name programs. None of them is run: file system monitor,
 * hooks, and transports for files that are missing in a partial clone. A repository of another user is refused by Git
 * itself (`safe.directory`), and one that is part of a working tree's files by `safe.bareRepository`.
 */
async function gitIn(folder: string, signal: AbortSignal, surroundings: GitSurroundings): Promise<Git> {
  const search = { ...surroundings, untrusted: [...surroundings.untrusted, folder] };
  const program = await findProgram("git", search);
  if (program === undefined) throw new Error("Git was not found.");
  const settings = [
    "core.fsmonitor=false",
    "core.untrackedCache=false",
    `core.hooksPath=${devNull}`,
    "safe.bareRepository=explicit",
  ].flatMap((setting) => ["-c", setting]);
  const options = {
    cwd: surroundings.workingFolder,
    env: environment((await trustedFolders(search)).join(delimiter)),
    signal,
    timeout: surroundings.longestRunMs ?? 10_000,
    killSignal: "SIGKILL",
  } as const;
  return async (argv) => (await run(program, [...settings, "-C", folder, ...argv], options)).stdout;
}

/** Without variables that redirect Git to other programs, repositories or settings. */
function environment(searchPath: string): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(?:GIT_|PATH$)/i.test(name));
  return {
    ...Object.fromEntries(kept),
    PATH: searchPath,
    GIT_OPTIONAL_LOCKS: "0",
    GIT_TERMINAL_PROMPT: "0",
    GIT_NO_LAZY_FETCH: "1",
    GIT_ALLOW_PROTOCOL: "none",
  };
}

/** `check-ignore` exits with 0 if the file is ignored, and with 1 if it isn't. */
async function isIgnored(path: string, git: Git): Promise<boolean> {
  try {
    await git(["check-ignore", "--quiet", "--", path]);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === 1) return false;
    throw error;
  }
}

/** A subfolder is ignored as a whole. In the root folder, only the file is ignored. */
export function ignoreLine(root: string, path: string): string {
  const parts = relative(root, path).split(sep);
  const pattern = parts.length > 1 ? `/${parts.slice(0, -1).join("/")}/` : `/${parts.join("/")}`;
  return pattern.replace(/[\\*?[\]]/g, "\\$&").replace(/ $/, "\\ ");
}
