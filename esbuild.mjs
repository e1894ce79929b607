import { mkdir } from "node:fs/promises";
import { glob } from "node:fs/promises";
import process from "node:process";
import * as esbuild from "esbuild";

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
  entryPoints: { extension: "src/extension.ts", digestWorker: "src/download/digest/digestWorker.ts" },
  outdir: "dist",
  minify: flags.has("--production"),
  sourcemap: flags.has("--production") ? false : "linked",
  keepNames: true,
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
  const context = await esbuild.context(extension);
  await context.watch();
} else {
  await esbuild.build(flags.has("--tests") ? await integrationSuites() : extension);
}
