import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { describe, it } from "node:test";
import { root } from "../../../../project/checkout.ts";
import { chosenTargets, packageName, packageTargets } from "../../../../scripts/packaging/packageTargets.ts";
import { listFor } from "../../../../scripts/release/fileList.ts";

describe("The packages that are made", () => {
  it("are one per target and one for every computer, if all are asked for", () => {
    assert.deepEqual(chosenTargets({ all: true, names: [] }), packageTargets);
    assert.equal(new Set(packageTargets).size, 9);
  });

  it("are those that are named, and names of no target are refused", () => {
    assert.deepEqual(chosenTargets({ all: false, names: ["win32-arm64", "universal"] }), ["universal", "win32-arm64"]);
    assert.throws(() => chosenTargets({ all: false, names: ["linux-armhf"] }), /no target "linux-armhf".*alpine-arm64/);
  });

  it("include the one for every computer, if none is named", () => {
    assert.equal(chosenTargets({ all: false, names: [] })[0], "universal");
  });

  it("have names that differ", () => {
    assert.equal(packageName("universal", "0.2.0"), "task-exports-0.2.0");
    assert.equal(packageName("alpine-arm64", "0.2.0"), "task-exports-alpine-arm64-0.2.0");
  });
});

describe("The reviewed list of files", () => {
  it("has files of all packages, and those of some targets", () => {
    const list = "a.js\nb.js\n\n[linux-x64 alpine-x64]\nengine.so\n\n[win32-x64]\nengine.dll\n";
    assert.deepEqual(listFor("universal", list), ["a.js", "b.js"]);
    assert.deepEqual(listFor("alpine-x64", list), ["a.js", "b.js", "engine.so"]);
    assert.deepEqual(listFor("win32-x64", list), ["a.js", "b.js", "engine.dll"]);
    assert.deepEqual(listFor("darwin-x64", list), ["a.js", "b.js"]);
  });

  it("has the engine's two files for each target, and none for the package without an engine", async () => {
    const list = await readFile(path.join(root, "scripts", "release", "packagedFiles.txt"), "utf8");
    const libraries = { linux: "libduckdb.so", alpine: "libduckdb.so", darwin: "libduckdb.dylib", win32: "duckdb.dll" };
    for (const target of packageTargets) {
      const library = Object.entries(libraries).find(([system]) => target.startsWith(system))?.[1];
      assert.deepEqual(
        listFor(target, list)
          .filter((name) => name.startsWith("dist/engine/"))
          .toSorted(),
        library === undefined ? [] : ["dist/engine/duckdb.node", `dist/engine/${library}`].toSorted(),
        target,
      );
    }
  });
});
