import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { after, before, beforeEach, describe, it } from "node:test";
import { gunzipSync, gzipSync } from "node:zlib";
import { type ArchiveSource, engineLibrary } from "../../../../scripts/packaging/engineArchive.ts";
import { readPackageArchive } from "../../../../scripts/packaging/tarArchive.ts";
import { runNpm } from "../../../../tools/installCommand.mjs";

const name = "@duckdb/node-bindings-linux-x64-musl";
/** Bytes of any value, and more of them than fit into a few blocks of an archive. */
const library = Buffer.from(Array.from({ length: 70_001 }, (_, index) => (index * 7) % 256));

describe("The engine's library for a target", () => {
  let folder: string;
  let archive: string;
  let source: ArchiveSource;
  let downloads: string[];

  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), "task-exports-archive-"));
    archive = await packed("package", { license: "MIT", text: "MIT License\n\nCopyright One" });
    await lock(archive);
  });

  beforeEach(async () => {
    downloads = [];
    await rm(path.join(folder, "cache"), { recursive: true, force: true });
    source = sourceOf(archive);
  });

  after(() => rm(folder, { recursive: true }));

  /** An archive made by npm. */
  async function packed(place: string, { license, text }: { license: string; text: string }): Promise<string> {
    const made = path.join(folder, place);
    await mkdir(made);
    await writeFile(path.join(made, "package.json"), JSON.stringify({ name, version: "1.0.0", license }));
    await writeFile(path.join(made, "LICENSE"), text);
    await writeFile(path.join(made, "duckdb.node"), "binding");
    await writeFile(path.join(made, "libduckdb.so"), library);
    await runNpm(made, ["pack", "--ignore-scripts"]);
    return path.join(made, "duckdb-node-bindings-linux-x64-musl-1.0.0.tgz");
  }

  /** Puts the hash of an archive into the lock file. */
  async function lock(file: string): Promise<void> {
    const integrity = `sha512-${createHash("sha512")
      .update(await readFile(file))
      .digest("base64")}`;
    const packages = { [`node_modules/${name}`]: { version: "1.0.0", integrity } };
    await writeFile(path.join(folder, "package-lock.json"), JSON.stringify({ packages }));
  }

  function sourceOf(file: string): ArchiveSource {
    return {
      folder: path.join(folder, "cache"),
      download: async (specifier, into) => {
        downloads.push(specifier);
        await copyFile(file, path.join(into, "any-name.tgz"));
      },
    };
  }

  it("is in the package's archive, byte for byte, and its license comes with it", async () => {
    const { files, package: from } = await engineLibrary(folder, "alpine-x64", source);
    assert.deepEqual([...files.keys()].toSorted(), ["duckdb.node", "libduckdb.so"]);
    assert.ok(files.get("libduckdb.so")?.equals(library));
    assert.equal(files.get("duckdb.node")?.toString(), "binding");
    assert.deepEqual([from.name, from.version, from.license], [name, "1.0.0", "MIT"]);
    assert.equal(from.licenseText, "MIT License\n\nCopyright One");
  });

  it("is downloaded once, and again if what was kept is damaged", async () => {
    await engineLibrary(folder, "alpine-x64", source);
    await engineLibrary(folder, "alpine-x64", source);
    assert.deepEqual(downloads, [`${name}@1.0.0`]);
    const [kept = ""] = await readdir(source.folder);
    await writeFile(path.join(source.folder, kept), "damaged");
    const { files } = await engineLibrary(folder, "alpine-x64", source);
    assert.ok(files.get("libduckdb.so")?.equals(library));
    assert.equal(downloads.length, 2);
    assert.equal((await readdir(source.folder)).length, 1);
  });

  it("is refused if the archive isn't the one in the lock file, which is then not kept", async () => {
    const other = path.join(folder, "other.tgz");
    await writeFile(other, gzipSync(gunzipSync(await readFile(archive)), { level: 1 }));
    await assert.rejects(engineLibrary(folder, "alpine-x64", sourceOf(other)), /not the one in package-lock\.json/);
    assert.deepEqual(await readdir(source.folder), []);
  });

  it("is refused with a license that isn't allowed", async (context) => {
    context.after(() => lock(archive));
    const strict = await packed("strict", { license: "GPL-3.0-only", text: "GPL" });
    await lock(strict);
    await assert.rejects(engineLibrary(folder, "alpine-x64", sourceOf(strict)), /license GPL-3\.0-only/);
  });

  it("is refused if the archive is cut off, or contains more than plain files", async () => {
    const tar = gunzipSync(await readFile(archive));
    const names = [...readPackageArchive(gzipSync(tar)).keys()];
    assert.deepEqual(names.toSorted(), ["LICENSE", "duckdb.node", "libduckdb.so", "package.json"]);
    assert.throws(() => readPackageArchive(gzipSync(tar.subarray(0, 70_000))), /incomplete/);
    const link = Buffer.from(tar);
    link.write("2", 156, "latin1");
    assert.throws(() => readPackageArchive(gzipSync(link)), /other than a plain file/);
  });
});
