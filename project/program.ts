import path from "node:path";
import process from "node:process";
import { root } from "./checkout.ts";
import { endProcessTree, startProcessTree } from "./processTree.ts";

/** Runs Node with these arguments in the project's folder; what it prints goes to the terminal. Answers its exit code. */
export async function runProgram(args: readonly string[]): Promise<number | null> {
  const child = startProcessTree(process.execPath, args, { cwd: root, stdio: ["ignore", "inherit", "inherit"] });
  try {
    return await new Promise((resolve, reject) => {
      child.once("error", reject);
      child.once("exit", resolve);
    });
  } finally {
    await endProcessTree(child);
  }
}

/** The path of a program inside one of the installed packages, for `runProgram`. */
export function packageProgram(...parts: string[]): string {
  return path.join("node_modules", ...parts);
}
