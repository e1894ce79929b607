/**
 * Prepares a release up to the upload: `npm run release -- 0.2.0`. Everything goes to `out/release`; with `--write`, the
 * checkout gets the new version and changelog as well. [CONTRIBUTING.md](../CONTRIBUTING.md#releases) has the steps.
 */
import { execFileSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { root } from "../project/checkout.ts";
import { prepareRelease, uploadCommands } from "./release/prepareRelease.ts";
import { releaseChangelog } from "./release/changelog.ts";
import { isNewer, isPreRelease, parseVersion } from "./release/version.ts";
import { withVersion } from "./packaging/stagedExtension.ts";

try {
  await release();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function release(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      write: { type: "boolean", default: false },
      date: { type: "string", default: new Date().toISOString().slice(0, 10) },
    },
  });
  const [version = ""] = positionals;
  const wanted = parseVersion(version);
  const manifest = await read("package.json");
  const current = /"version": "([^"]+)"/.exec(manifest)?.[1] ?? "";
  const isFirst = !(await read("CHANGELOG.md")).includes(`## [${current}]`);
  if (!isNewer(wanted, parseVersion(current)) && !(isFirst && version === current)) {
    throw new Error(`${version} does not come after ${current}.`);
  }
  if (changedFiles() !== "") throw new Error("There are changes that are not committed. Commit them first.");
  const { text, notes } = releaseChangelog(await read("CHANGELOG.md"), version, values.date);
  const preRelease = isPreRelease(wanted);
  const folder = path.join(root, "out", "release");
  const log = (line: string): void => console.log(line);
  const files = await prepareRelease({ version, changelog: text, notes, isPreRelease: preRelease, folder, log });
  if (values.write) {
    await writeFile(path.join(root, "CHANGELOG.md"), text);
    for (const name of ["package.json", "package-lock.json"]) await replaceVersion(name, version);
  }
  console.log(`\n${version}${preRelease ? ", a pre-release" : ""}, in ${path.relative(root, folder)}:`);
  console.log(files.map((file) => `  ${file}`).join("\n"));
  console.log(`\nTo upload it:\n${uploadCommands(files, preRelease).join("\n")}`);
}

function read(name: string): Promise<string> {
  return readFile(path.join(root, name), "utf8");
}

/** The lock file has the version twice: its own, and that of its first package. */
async function replaceVersion(name: string, version: string): Promise<void> {
  const text = withVersion(await read(name), version);
  const first = /^( {4}"": \{\n(?: {6}.*\n)*? {6}"version": )"[^"]*"/m;
  await writeFile(path.join(root, name), text.replace(first, `$1"${version}"`));
}

function changedFiles(): string {
  return execFileSync("git", ["status", "--porcelain"], { cwd: root, encoding: "utf8" }).trim();
}
