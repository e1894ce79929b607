import { cp, mkdir } from "node:fs/promises";
import path from "node:path";
import * as esbuild from "esbuild";

const companion = path.resolve(import.meta.dirname, "..", "..", "sandbox", "companion");

/** Builds the companion extension into a folder and returns that folder. */
export function buildCompanion(folder: string): Promise<string> {
  return buildExtension(companion, folder);
}

/** Builds an extension of one program, `extension.ts`, into a folder and returns that folder. */
export async function buildExtension(source: string, folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  await cp(path.join(source, "package.json"), path.join(folder, "package.json"));
  await esbuild.build({
    entryPoints: [path.join(source, "extension.ts")],
    outfile: path.join(folder, "dist", "extension.js"),
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node22",
    external: ["vscode"],
    logLevel: "warning",
  });
  // Otherwise its service process would run as long as this one.
  await esbuild.stop();
  return folder;
}
