import assert from "node:assert/strict";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { describe, it, type TestContext } from "node:test";
import * as v from "valibot";
import { root } from "../../../../project/checkout.ts";
import { installedEngine } from "../../../../scripts/engine/engineLibrary.ts";
import { enginePackage, targets, targetsOf } from "../../../../scripts/engine/targets.ts";

const lockSchema = v.object({
  packages: v.record(
    v.string(),
    v.object({
      version: v.optional(v.string()),
      integrity: v.optional(v.string()),
      os: v.optional(v.array(v.string())),
      cpu: v.optional(v.array(v.string())),
      libc: v.optional(v.array(v.string())),
      optionalDependencies: v.optional(v.record(v.string(), v.string())),
    }),
  ),
});

/** A folder of installed packages with those of the engine for these targets. */
async function modulesWith(context: TestContext, ...names: readonly (typeof targets)[number][]): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "task-exports-modules-"));
  context.after(() => rm(folder, { recursive: true }));
  for (const name of names) {
    const place = path.join(folder, enginePackage(name));
    await mkdir(place, { recursive: true });
    await writeFile(path.join(place, "package.json"), "{}");
  }
  return folder;
}

describe("The targets with a query engine", () => {
  it("have one npm package each, locked with a hash, for the same system and processor", async () => {
    const { packages } = v.parse(lockSchema, JSON.parse(await readFile(path.join(root, "package-lock.json"), "utf8")));
    const bindings = packages["node_modules/@duckdb/node-bindings"];
    assert.deepEqual(
      Object.keys(bindings?.optionalDependencies ?? {}).toSorted(),
      targets.map(enginePackage).toSorted(),
    );
    for (const target of targets) {
      const [system = "", arch = ""] = target.split("-");
      const locked = packages[`node_modules/${enginePackage(target)}`];
      assert.equal(locked?.version, bindings?.version, target);
      assert.match(locked?.integrity ?? "", /^sha512-/, target);
      assert.deepEqual(locked?.os, [system === "alpine" ? "linux" : system], target);
      assert.deepEqual(locked.cpu, [arch], target);
      assert.deepEqual(locked.libc, { linux: ["glibc"], alpine: ["musl"] }[system], target);
    }
  });

  it("are two for Linux, one for other systems, and none for other processors", () => {
    assert.deepEqual(targetsOf("linux", "arm64"), ["linux-arm64", "alpine-arm64"]);
    assert.deepEqual(targetsOf("darwin", "arm64"), ["darwin-arm64"]);
    assert.deepEqual(targetsOf("win32", "x64"), ["win32-x64"]);
    assert.deepEqual(targetsOf("linux", "riscv64"), []);
    assert.deepEqual(targetsOf("freebsd", "x64"), []);
  });
});

describe("The engine of this computer", () => {
  const linux = { platform: "linux", arch: "x64" };

  it("is the one that npm installed: with musl, the package for Alpine", async (context) => {
    const glibc = await modulesWith(context, "linux-x64");
    assert.deepEqual(installedEngine(glibc, linux), {
      target: "linux-x64",
      folder: path.join(glibc, "@duckdb", "node-bindings-linux-x64"),
    });
    assert.equal(installedEngine(await modulesWith(context, "alpine-x64"), linux)?.target, "alpine-x64");
  });

  it("is missing if npm installed none, or only one for another computer", async (context) => {
    assert.equal(installedEngine(await modulesWith(context), linux), undefined);
    assert.equal(installedEngine(await modulesWith(context, "linux-arm64", "win32-x64"), linux), undefined);
  });
});
