import assert from "node:assert/strict";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { createVSIX } from "@vscode/vsce";
import { checkPackage, fileNames } from "../../../../scripts/packaging/packageContents.ts";
import { readZip } from "../../../../scripts/packaging/zipArchive.ts";

/** Bytes of any value: the packager must not treat them as text. */
const binding = Buffer.from(Array.from({ length: 5000 }, (_, index) => (index * 31) % 256));
const library = new Map([
  ["duckdb.node", binding],
  ["libduckdb.so", Buffer.from("library")],
]);

describe("A package's contents", () => {
  let folder: string;
  let universal: Buffer;
  let linux: Buffer;

  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), "task-exports-vsix-"));
    await writeFile(
      path.join(folder, "package.json"),
      JSON.stringify({ name: "small", publisher: "example", version: "1.0.0", engines: { vscode: "^1.105.0" } }),
    );
    await writeFile(path.join(folder, "README.md"), "# Small\n");
    await writeFile(path.join(folder, "LICENSE"), "MIT License\n");
    universal = await packed();
    await mkdir(path.join(folder, "dist", "engine"), { recursive: true });
    for (const [name, bytes] of library) await writeFile(path.join(folder, "dist", "engine", name), bytes);
    linux = await packed("linux-x64");
  });

  after(() => rm(folder, { recursive: true }));

  /** A package made by VS Code's packager. */
  async function packed(target?: string): Promise<Buffer> {
    const packagePath = path.join(folder, "..", `${path.basename(folder)}.vsix`);
    const options = { cwd: folder, packagePath, dependencies: false, allowMissingRepository: true };
    await createVSIX(target === undefined ? options : { ...options, target });
    const bytes = await readFile(packagePath);
    await rm(packagePath);
    return bytes;
  }

  it("are listed from its directory", () => {
    const both = ["LICENSE.txt", "[Content_Types].xml", "extension.vsixmanifest", "package.json", "readme.md"];
    assert.deepEqual(fileNames(universal), both.toSorted());
    const engine = ["dist/engine/duckdb.node", "dist/engine/libduckdb.so"];
    assert.deepEqual(fileNames(linux), [...both, ...engine].toSorted());
  });

  it("are unpacked as they were packed", () => {
    assert.ok(readZip(linux).get("extension/dist/engine/duckdb.node")?.().equals(binding));
    assert.equal(readZip(linux).get("extension/LICENSE.txt")?.().toString(), "MIT License\n");
  });

  it("pass with the target's engine unchanged, and without any in the package for every computer", () => {
    checkPackage(linux, "linux-x64", library);
    checkPackage(universal, "universal", new Map());
  });

  it("are refused if the engine was changed, is missing, or is another one", () => {
    const changed = new Map(library).set("libduckdb.so", Buffer.from("Library"));
    assert.throws(() => checkPackage(linux, "linux-x64", changed), /libduckdb\.so .*was changed/);
    const more = new Map(library).set("duckdb.dll", Buffer.from("library"));
    assert.throws(() => checkPackage(linux, "linux-x64", more), /lacks duckdb\.dll/);
    const less = new Map([["duckdb.node", binding]]);
    assert.throws(() => checkPackage(linux, "linux-x64", less), /another engine's file: .*libduckdb\.so/);
  });

  it("are refused if they say that they are for another target", () => {
    assert.throws(() => checkPackage(linux, "alpine-x64", library), /for alpine-x64 says that it is for linux-x64/);
    assert.throws(() => checkPackage(universal, "linux-x64", library), /says that it is for universal/);
  });

  it("can't be read from something that is no package", () => {
    assert.throws(() => readZip(Buffer.from("PK, or so")), /not a ZIP archive/);
  });
});
