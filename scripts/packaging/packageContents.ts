import { createHash } from "node:crypto";
import { readZip } from "./zipArchive.ts";
import type { PackageTarget } from "./packageTargets.ts";

/** Where the extension is inside a VSIX. The files beside it describe the package for VS Code. */
const extensionFolder = "extension/";
/** Where the engine's library is inside a VSIX. */
const engineFolder = `${extensionFolder}dist/engine/`;
const manifestName = "extension.vsixmanifest";

/** The names of all files in a VSIX, sorted; those of the extension as paths inside it. */
export function fileNames(vsix: Buffer): string[] {
  return [...readZip(vsix).keys()].map((name) => name.replace(extensionFolder, "")).toSorted();
}

/**
 * Compares the engine's library in a VSIX with its source, byte for byte.
 *
 * @param library by name; empty for the package without an engine
 * @throws Error if a file differs, is missing or was added, or if the VSIX is for another target
 */
export function checkPackage(vsix: Buffer, target: PackageTarget, library: ReadonlyMap<string, Buffer>): void {
  const files = readZip(vsix);
  const manifest = files.get(manifestName)?.().toString("utf8") ?? "";
  const named = /<Identity\b[^>]*\bTargetPlatform="([^"]*)"/.exec(manifest)?.[1] ?? "universal";
  if (named !== target) throw new Error(`The package for ${target} says that it is for ${named}.`);

  const packaged = new Map([...files].filter(([name]) => name.startsWith(engineFolder)));
  for (const [name, bytes] of library) {
    const found = packaged.get(`${engineFolder}${name}`)?.();
    if (found === undefined) throw new Error(`The package for ${target} lacks ${name}.`);
    if (sha256(found) !== sha256(bytes)) throw new Error(`${name} in the package for ${target} was changed.`);
  }
  const added = [...packaged.keys()].find((name) => !library.has(name.slice(engineFolder.length)));
  if (added !== undefined) throw new Error(`The package for ${target} contains another engine's file: ${added}`);
}

function sha256(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}
