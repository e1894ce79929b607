import path from "node:path";
import process from "node:process";
import { root } from "./checkout.ts";
import { endProcessTree, startProcessTree } from "./processTree.ts";

export interface ProgramOptions {
  /** Takes what the program prints; without it the terminal does. */
  write?: ((text: string) => void) | undefined;
  /** Environment variables besides those of this process. */
  env?: Readonly<Record<string, string>>;
}

/** Runs Node with these arguments in the project's folder and answers its exit code. */
export async function runProgram(args: readonly string[], options: ProgramOptions = {}): Promise<number | null> {
  const { write } = options;
  const output = write ? "pipe" : "inherit";
  const child = startProcessTree(process.execPath, args, {
    cwd: root,
    env: { ...process.env, ...(write && colors()), ...options.env },
    stdio: ["ignore", output, output],
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => write?.(text));
  }
  try {
    return await new Promise((resolve, reject) => {
      child.once("error", reject);
      // Unlike "exit" it comes when all that was printed has been read.
      child.once("close", resolve);
    });
  } finally {
    await endProcessTree(child);
  }
}

/** A program that does not print to the terminal itself has to be told that there is one. */
function colors(): Record<string, string> {
  return process.stdout.isTTY ? { FORCE_COLOR: "1" } : {};
}

/** The path of a program inside one of the installed packages, for `runProgram`. */
export function packageProgram(...parts: string[]): string {
  return path.join("node_modules", ...parts);
}
