import { mkdir } from "node:fs/promises";
import { glob } from "node:fs/promises";
import process from "node:process";
import * as esbuild from "esbuild";
import { buildScanner } from "./scripts/scanner/buildScanner.ts";

const flags = new Set(process.argv.slice(2));

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
const extension = {
  ...shared,
  entryPoints: {
    extension: "src/extension.ts",
    digestWorker: "src/download/digest/digestWorker.ts",
    tableWorker: "src/table/worker/tableWorker.ts",
    findWorker: "src/table/worker/findWorker.ts",
  },
  outdir: "dist",
  minify: flags.has("--production"),
  sourcemap: flags.has("--production") ? false : "linked",
  keepNames: true,
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
  outdir: "dist/table",
  minify: flags.has("--production"),
  sourcemap: flags.has("--production") ? false : "linked",
  logLevel: "warning",
};

/** The suites that run inside VS Code's extension host: it loads JavaScript only. */
async function integrationSuites() {
  const entryPoints = [];
  for await (const file of glob("test/integration/**/*.ts")) entryPoints.push(file);
  return {
    ...shared,
    entryPoints,
    outdir: "out/test/integration",
    outbase: "test/integration",
    outExtension: { ".js": ".mjs" },
    external: [...shared.external, "mocha"],
    sourcemap: "inline",
  };
}

await mkdir("dist", { recursive: true });
if (flags.has("--watch")) {
  await buildScanner("dist/scan.wasm");
  for (const options of [extension, grid]) await (await esbuild.context(options)).watch();
} else if (flags.has("--tests")) {
  await esbuild.build(await integrationSuites());
} else {
  await buildScanner("dist/scan.wasm");
  for (const options of [extension, grid]) await esbuild.build(options);
}
