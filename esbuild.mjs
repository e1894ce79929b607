import { glob, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import * as esbuild from "esbuild";
import { copyEngineLibrary } from "./scripts/engine/engineLibrary.ts";
import { buildScanner } from "./scripts/scanner/buildScanner.ts";

const { values: flags } = parseArgs({
  options: {
    production: { type: "boolean", default: false },
    /** The suites for the extension host, and nothing else. */
    tests: { type: "boolean", default: false },
    watch: { type: "boolean", default: false },
    outdir: { type: "string", default: "dist" },
    /** A file for what the bundles are made of: a list of esbuild's metafiles. */
    metafile: { type: "string" },
  },
});
/** Compiled from src/table/scan/assembly. */
const buildScanners = () =>
  Promise.all([
    buildScanner(path.join(flags.outdir, "scan.wasm")),
    buildScanner(path.join(flags.outdir, "fields.wasm"), "fields"),
  ]);

/** CommonJS packages inside an ES module bundle still ask for Node's own modules through `require`. */
const requireForBundledPackages =
  'import { createRequire as createRequireForBundle } from "node:module"; const require = createRequireForBundle(import.meta.url);';

/** @type {esbuild.BuildOptions} */
const shared = {
  bundle: true,
  format: "esm",
  platform: "node",
  target: "node22",
  external: ["vscode"],
  banner: { js: requireForBundledPackages },
  logLevel: "warning",
};

/** @type {esbuild.BuildOptions} */
const programs = {
  ...shared,
  outdir: flags.outdir,
  minify: flags.production,
  sourcemap: flags.production ? false : "linked",
};

/**
 * Puts all of our modules that are imported dynamically into one file. Otherwise each becomes a file, and what several of
 * them share becomes more: VS Code would read thirty small files to activate the extension.
 * @type {esbuild.Plugin}
 */
const onDemandInOneFile = {
  name: "on-demand",
  setup(build) {
    /** @type {Set<string>} */
    const modules = new Set();
    build.onStart(async () => {
      for await (const file of glob("src/{extension.ts,vscode/**/*.ts}")) {
        const text = await readFile(file, "utf8");
        for (const [, target = ""] of text.matchAll(/import\("(\.[^"]+)"\)/g)) {
          modules.add(path.resolve(path.dirname(file), target));
        }
      }
    });
    build.onResolve({ filter: /./ }, ({ kind, resolveDir, path: target }) =>
      kind === "dynamic-import" && modules.has(path.resolve(resolveDir, target))
        ? { path: "onDemand", namespace: "on-demand" }
        : undefined,
    );
    build.onLoad({ filter: /./, namespace: "on-demand" }, () => ({
      contents: [...modules].map((file) => `export * from ${JSON.stringify(file)};`).join("\n"),
      resolveDir: import.meta.dirname,
    }));
  },
};

/**
 * What activation needs is in one file. Dynamic imports become files of their own, which are loaded when they are needed.
 * @type {esbuild.BuildOptions}
 */
const extension = {
  ...programs,
  entryPoints: { extension: "src/extension.ts" },
  splitting: true,
  chunkNames: "parts/[name]-[hash]",
  plugins: [onDemandInOneFile],
};

/**
 * The engine's package looks for its native library among the installed packages. In the extension, the library is in a
 * folder beside the program.
 * @type {esbuild.Plugin}
 */
const libraryBesideProgram = {
  name: "engine-library",
  setup(build) {
    build.onResolve({ filter: /^@duckdb\/node-bindings$/ }, () => ({ path: "library", namespace: "engine-library" }));
    build.onResolve({ filter: /duckdb\.node$/ }, ({ path: library }) => ({ path: library, external: true }));
    build.onLoad({ filter: /./, namespace: "engine-library" }, () => ({
      contents: 'module.exports = require("./engine/duckdb.node");',
    }));
  },
};

/** The query engine, which runs in a process of its own. @type {esbuild.BuildOptions} */
const engine = {
  ...programs,
  entryPoints: { queryEngine: "src/query/engine/engineMain.ts" },
  plugins: [libraryBesideProgram],
};

/** Each runs in a thread of its own. @type {esbuild.BuildOptions} */
const workers = {
  ...programs,
  entryPoints: {
    digestWorker: "src/download/digest/digestWorker.ts",
    tableWorker: "src/table/worker/tableWorker.ts",
    findWorker: "src/table/worker/findWorker.ts",
    unpackWorker: "src/table/unpack/unpackWorker.ts",
    extractWorker: "src/query/extract/extractWorker.ts",
    guessEncoding: "src/table/encodings/guessEncoding.ts",
  },
};

/** The grid runs in a webview: a browser that loads no modules from disk. @type {esbuild.BuildOptions} */
const grid = {
  bundle: true,
  format: "iife",
  platform: "browser",
  target: "chrome138",
  entryPoints: [
    { in: "src/webview/table/main.ts", out: "table" },
    { in: "src/webview/table/table.css", out: "table" },
  ],
  outdir: path.join(flags.outdir, "table"),
  minify: flags.production,
  sourcemap: flags.production ? false : "linked",
  logLevel: "warning",
};

/**
 * The suites that run inside VS Code's extension host: it loads JavaScript only.
 * @returns {Promise<esbuild.BuildOptions>}
 */
async function integrationSuites() {
  const entryPoints = [];
  for await (const file of glob("test/integration/**/*.ts")) entryPoints.push(file);
  return {
    ...shared,
    entryPoints,
    outdir: "out/test/integration",
    outbase: "test/integration",
    outExtension: { ".js": ".mjs" },
    external: ["vscode", "mocha"],
    sourcemap: "inline",
  };
}

await mkdir(flags.outdir, { recursive: true });
// Their names contain a hash, so an earlier build leaves files with other names.
if (!flags.tests) await rm(path.join(flags.outdir, "parts"), { recursive: true, force: true });
// Packages get the library of their target instead.
if (!flags.tests && !flags.production) await copyEngineLibrary(path.join(flags.outdir, "engine"));
if (flags.watch) {
  await buildScanners();
  for (const options of [extension, workers, engine, grid]) await (await esbuild.context(options)).watch();
} else if (flags.tests) {
  await esbuild.build(await integrationSuites());
} else {
  await buildScanners();
  const metafiles = [];
  for (const options of [extension, workers, engine, grid]) {
    metafiles.push((await esbuild.build({ ...options, metafile: true })).metafile);
  }
  if (flags.metafile !== undefined) await writeFile(flags.metafile, JSON.stringify(metafiles));
}
