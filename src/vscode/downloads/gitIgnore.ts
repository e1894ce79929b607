import { execFile } from "node:child_process";
import { appendFile, readFile } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { promisify } from "node:util";
import { systemCode } from "../../model/systemCode.ts";

const run = promisify(execFile);

/** A file that Git would take into its next commit. */
export interface UnignoredFile {
  /** The working tree's folder. */
  readonly root: string;
  /** The line for its `.gitignore` that keeps the file, and those that will lie beside it, out. */
  readonly line: string;
}

/**
 * Looks whether a file lies in a Git working tree that does not ignore it. Answers undefined where it does not, and
 * where no Git can tell.
 */
export async function findUnignored(path: string, signal: AbortSignal): Promise<UnignoredFile | undefined> {
  const folder = dirname(path);
  try {
    const { stdout } = await run("git", ["rev-parse", "--show-toplevel"], { cwd: folder, signal });
    const root = stdout.trimEnd();
    return (await isIgnored(path, folder, signal)) ? undefined : { root, line: ignoreLine(root, path) };
  } catch {
    // No Git here, or no working tree: nothing can be committed by mistake.
    return undefined;
  }
}

/** Adds the line to the working tree's `.gitignore`, after a newline where the file ends without one. */
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

/** `check-ignore` answers 0 for what is ignored and 1 for what is not. */
async function isIgnored(path: string, cwd: string, signal: AbortSignal): Promise<boolean> {
  try {
    await run("git", ["check-ignore", "--quiet", "--", path], { cwd, signal });
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === 1) return false;
    throw error;
  }
}

/** A folder of its own is ignored whole; in the working tree's own folder only the file is. */
export function ignoreLine(root: string, path: string): string {
  const parts = relative(root, path).split(sep);
  const pattern = parts.length > 1 ? `/${parts.slice(0, -1).join("/")}/` : `/${parts.join("/")}`;
  return pattern.replace(/[\\*?[\]]/g, "\\$&").replace(/ $/, "\\ ");
}
