import { execFile } from "node:child_process";
import { mkdir, rename } from "node:fs/promises";
import path from "node:path";
import process from "node:process";
import { promisify } from "node:util";

const root = path.resolve(import.meta.dirname, "../..");

/** As a program: its types would give AssemblyScript's arrays to all of this project's TypeScript. */
const compiler = path.join(root, "node_modules", "assemblyscript", "bin", "asc.js");
const run = promisify(execFile);

/** The programs, and how much memory they need; 64 KiB a page. */
const programs = {
  /** `memory.ts` says what it needs. */
  scanner: { source: "src/table/scan/assembly/scan.ts", memoryPages: "32" },
  /** `fieldMemory.ts` says what it needs. */
  fields: { source: "src/table/scan/assembly/fields.ts", memoryPages: "80" },
};

/**
 * Compiles a program in `src/table/scan/assembly` to WebAssembly, for `createWasmScanner` or `FieldScanner`.
 *
 * @param outFile path of the `.wasm` file, from the working folder; its folder is made
 * @throws Error with the compiler's own text
 */
export async function buildScanner(outFile: string, program: keyof typeof programs = "scanner"): Promise<void> {
  const { source, memoryPages } = programs[program];
  const target = path.resolve(outFile);
  await mkdir(path.dirname(target), { recursive: true });
  // Another process may be reading it.
  const unplaced = `${target}.${process.pid}`;
  const options = [
    source,
    ...["--outFile", path.relative(root, unplaced)],
    ...["--runtime", "stub", "--enable", "simd", "--optimizeLevel", "3", "--noAssert"],
    ...["--initialMemory", memoryPages, "--maximumMemory", memoryPages],
  ];
  try {
    await run(process.execPath, [compiler, ...options], { cwd: root });
  } catch (error) {
    const said = error instanceof Error && "stderr" in error ? String(error.stderr) : String(error);
    throw new Error(`The scanner did not compile.\n${said}`, { cause: error });
  }
  await rename(unplaced, target);
}
