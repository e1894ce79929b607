import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import * as v from "valibot";

/** A package whose code is part of the extension. */
export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  /** SPDX. */
  readonly license: string;
  readonly licenseText: string;
  /** From the lock file: the algorithm, and the hash of the package's archive in base64. */
  readonly integrity: { readonly algorithm: "sha512"; readonly hash: string };
  /** Where the lock file says that the archive is from. */
  readonly resolved: string;
}

/** Licenses whose code may be part of a package under the MIT license, if their texts are included. */
const allowedLicenses: ReadonlySet<string> = new Set([
  "0BSD",
  "Apache-2.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "BlueOak-1.0.0",
  "CC0-1.0",
  "ISC",
  "MIT",
  "Unlicense",
  "Zlib",
]);

/** Its compiler adds its own library to the row scanner. */
const compiledIn = ["node_modules/assemblyscript"];

const metafileSchema = v.object({
  outputs: v.record(v.string(), v.object({ inputs: v.record(v.string(), v.object({ bytesInOutput: v.number() })) })),
});
const packageSchema = v.object({
  name: v.string(),
  version: v.string(),
  license: v.string(),
  author: v.optional(v.union([v.string(), v.object({ name: v.string() })])),
});
const lockedSchema = v.object({
  version: v.optional(v.string(), ""),
  integrity: v.optional(v.string(), ""),
  resolved: v.optional(v.string(), ""),
});
const lockSchema = v.object({ packages: v.record(v.string(), lockedSchema) });

/** What the lock file says about a package; empty texts for what it doesn't say. */
export type LockedPackage = v.InferOutput<typeof lockedSchema>;

/**
 * The packages of which esbuild put something into the bundles, and those compiled into them, by name.
 *
 * @param metafiles the contents of esbuild's metafiles
 * @param leftOut names of bundles that don't count
 * @throws Error for a package without a license text, without a hash, or with a license that isn't allowed
 */
export async function bundledPackages(
  root: string,
  metafiles: readonly unknown[],
  leftOut: readonly string[] = [],
): Promise<BundledPackage[]> {
  const folders = new Set([...metafiles.flatMap((metafile) => bundledFolders(metafile, leftOut)), ...compiledIn]);
  const found = await Promise.all(
    [...folders].map(async (folder) =>
      packageFrom(await textsIn(path.join(root, folder)), await lockedPackage(root, folder)),
    ),
  );
  return sortedByName(found);
}

export function sortedByName(packages: readonly BundledPackage[]): BundledPackage[] {
  return packages.toSorted((one, other) => (one.name < other.name ? -1 : 1));
}

/** @param folder as the lock file names it, such as `node_modules/valibot` */
export async function lockedPackage(root: string, folder: string): Promise<LockedPackage> {
  const lock = v.parse(lockSchema, JSON.parse(await readFile(path.join(root, "package-lock.json"), "utf8")));
  return lock.packages[folder] ?? v.parse(lockedSchema, {});
}

/** The folders of packages below `node_modules` with at least one byte in a bundle. */
function bundledFolders(metafile: unknown, leftOut: readonly string[]): string[] {
  const inputs = Object.entries(v.parse(metafileSchema, metafile).outputs)
    .filter(([file]) => !leftOut.includes(path.basename(file)))
    .flatMap(([, output]) => Object.entries(output.inputs));
  return inputs.flatMap(([file, { bytesInOutput }]) => {
    // A package inside another one is named with both, as in the lock file.
    const folder = /(?:(?:^|(?<=\/))node_modules\/(?:@[^/]+\/)?[^/]+\/)+/.exec(file)?.[0];
    return bytesInOutput === 0 || folder === undefined ? [] : [folder.replace(/\/$/, "")];
  });
}

/** The manifest and the license texts in a package's folder, by file name. */
async function textsIn(folder: string): Promise<Map<string, string>> {
  const names = (await readdir(folder)).filter((name) => name === "package.json" || isLicense(name));
  return new Map(
    await Promise.all(names.map(async (name) => [name, await readFile(path.join(folder, name), "utf8")] as const)),
  );
}

function isLicense(name: string): boolean {
  return /^(?:licen[cs]e|copying|notice)(?:[.-]|$)/i.test(name);
}

/**
 * @param texts the package's files, by name; its manifest and its license texts among them
 * @throws Error without a license text, without a hash, or with a license that isn't allowed
 */
export function packageFrom(
  texts: ReadonlyMap<string, string>,
  { integrity, resolved }: LockedPackage,
): BundledPackage {
  const manifest = v.parse(packageSchema, JSON.parse(texts.get("package.json") ?? ""));
  const { name, version, license } = manifest;
  if (!allowedLicenses.has(license)) {
    throw new Error(`${name} has the license ${license}, which isn't allowed in the package. Replace ${name}.`);
  }
  const hash = /^sha512-([A-Za-z0-9+/]+=*)$/.exec(integrity)?.[1];
  if (hash === undefined) throw new Error(`${name} has no sha512 in package-lock.json. Run npm install.`);
  const licenseText = licenseFrom(texts, manifest);
  return { name, version, license, licenseText, integrity: { algorithm: "sha512", hash }, resolved };
}

function licenseFrom(texts: ReadonlyMap<string, string>, manifest: v.InferOutput<typeof packageSchema>): string {
  const names = [...texts.keys()].filter(isLicense).toSorted();
  const found = names.map((name) => (texts.get(name) ?? "").replaceAll("\r\n", "\n").trim());
  if (found.length > 0) return found.join("\n\n");
  const { name, license, author } = manifest;
  const holder = typeof author === "string" ? author : author?.name;
  if (license !== "MIT" || holder === undefined) throw new Error(`${name} contains no license text.`);
  return mitText(holder);
}

/** For a package that names its license and its author, but doesn't contain the text. */
function mitText(holder: string): string {
  return `MIT License

Copyright (c) ${holder}

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;
}
