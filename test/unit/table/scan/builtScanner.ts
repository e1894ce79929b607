import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import { buildScanner } from "../../../../scripts/scanner/buildScanner.ts";

const root = path.resolve(import.meta.dirname, "../../../..");
const built = { scanner: path.join(root, "out/scan.wasm"), fields: path.join(root, "out/fields.wasm") };
const sources = ["src/table/scan/modes.ts", "scripts/scanner/buildScanner.ts"];
const sourceFolder = "src/table/scan/assembly";

/** The compiled scanner of the sources as they are, shared by all test files: compiled only when one of them is newer. */
export async function builtScanner(): Promise<Uint8Array> {
  return readFile(await builtProgram("scanner"));
}

/** The path of a compiled program. */
export async function builtProgram(program: keyof typeof built): Promise<string> {
  const names = (await readdir(path.join(root, sourceFolder))).map((name) => path.join(sourceFolder, name));
  const changed = await Promise.all([...sources, ...names].map((name) => changedAt(path.join(root, name))));
  const file = built[program];
  if ((await changedAt(file)) <= Math.max(...changed)) await buildScanner(file, program);
  return file;
}

/** 0 for a file that is not there. */
async function changedAt(file: string): Promise<number> {
  return (await stat(file).catch(() => undefined))?.mtimeMs ?? 0;
}
