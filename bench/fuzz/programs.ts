import path from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { root } from "../../project/checkout.ts";
import type { TablePrograms } from "../../src/table/worker/hostedThread.ts";

const sources = {
  tableWorker: "src/table/worker/tableWorker.ts",
  findWorker: "src/table/worker/findWorker.ts",
  unpackWorker: "src/table/unpack/unpackWorker.ts",
  encodingGuess: "src/table/encodings/guessEncoding.ts",
};

/**
 * Bundles the programs of the table's threads, because thousands of threads begin faster that way.
 *
 * @param scanner the compiled scanner; without it, plain code is used
 */
export async function bundledPrograms(folder: string, scanner?: string): Promise<TablePrograms> {
  await build({
    ...{ entryPoints: sources, outdir: folder, bundle: true, format: "esm", platform: "node", logLevel: "silent" },
    ...{ absWorkingDir: root, outExtension: { ".js": ".mjs" }, banner: { js: requireBanner } },
  });
  const program = (name: string): URL => pathToFileURL(path.join(folder, `${name}.mjs`));
  return {
    tableWorker: program("tableWorker"),
    findWorker: program("findWorker"),
    unpackWorker: program("unpackWorker"),
    encodingGuess: program("encodingGuess"),
    scanner: pathToFileURL(scanner ?? path.join(folder, "none.wasm")),
  };
}

/** Some packages are CommonJS modules. */
const requireBanner = `import { createRequire } from "node:module"; const require = createRequire(import.meta.url);`;
