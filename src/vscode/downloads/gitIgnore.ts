import { execFile } from "node:child_process";
import { appendFile, readFile } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { promisify } from "node:util";
import { systemCode } from "../../model/systemCode.ts";

const run = promisify(execFile);

/** A file that Git would include in a commit of all files. */
export interface UnignoredFile {
  /** The folder of the working tree. */
  readonly root: string;
  /** The line for its `.gitignore` that excludes the file, and others next to it. */
  readonly line: string;
}

/**
 * Checks whether a file is in a Git working tree that doesn't ignore it. Returns undefined if not, or if Git can't say.
 */
export async function findUnignored(path: string, signal: AbortSignal): Promise<UnignoredFile | undefined> {
  const folder = dirname(path);
  try {
    const { stdout } = await run("git", ["rev-parse", "--show-toplevel"], { cwd: folder, signal });
    const root = stdout.trimEnd();
    return (await isIgnored(path, folder, signal)) ? undefined : { root, line: ignoreLine(root, path) };
  } catch {
    // Without Git or a working tree, nothing can be committed by mistake.
    return undefined;
  }
}

/** Appends the line to the working tree's `.gitignore`, and a newline before it if needed. */
export async function addToGitIgnore({ root, line }: UnignoredFile): Promise<string> {
  const file = join(root, ".gitignore");
  const before = await readFile(file, "utf8").catch((error: unknown) => {
    if (systemCode(error) === "ENOENT") return "";
    throw error;
  });
  const separator = before === "" || before.endsWith("\n") ? "" : "\n";
  await appendFile(file, `${separator}${line}\n`);
  return file;
}

/** `check-ignore` exits with 0 if the file is ignored, and with 1 if it isn't. */
async function isIgnored(path: string, cwd: string, signal: AbortSignal): Promise<boolean> {
  try {
    await run("git", ["check-ignore", "--quiet", "--", path], { cwd, signal });
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
