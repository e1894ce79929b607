import assert from "node:assert/strict";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { after, before, beforeEach, describe, it } from "node:test";
import * as esbuild from "esbuild";
import * as v from "valibot";
import { root } from "../../../../project/checkout.ts";
import { bundledPackages } from "../../../../scripts/packaging/bundledPackages.ts";
import { cycloneDx, thirdPartyNotices } from "../../../../scripts/packaging/supplyChain.ts";

const hash = Buffer.from("hash of the archive").toString("base64");
const good = { license: "MIT", text: "MIT License\n\nCopyright One" };

const bomSchema = v.object({
  components: v.array(
    v.object({
      name: v.string(),
      purl: v.string(),
      hashes: v.array(v.object({ alg: v.string(), content: v.string() })),
      licenses: v.array(v.object({ license: v.object({ id: v.string() }) })),
    }),
  ),
});

describe("what a package says about the packages in it", () => {
  let folder: string;

  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), "task-exports-supply-"));
  });
  beforeEach(async () => {
    await rm(folder, { recursive: true });
    await addPackage("assemblyscript", { license: "Apache-2.0", text: "Apache License" });
  });
  after(() => rm(folder, { recursive: true }));

  async function addPackage(
    name: string,
    { license, text, author }: { license: string; text?: string; author?: string },
  ): Promise<void> {
    const place = path.join(folder, "node_modules", name);
    await mkdir(place, { recursive: true });
    await writeFile(path.join(place, "package.json"), JSON.stringify({ name, version: "1.2.3", license, author }));
    if (text !== undefined) await writeFile(path.join(place, "LICENSE.md"), text);
  }

  /** The packages of a bundle with these files, in a checkout that has a hash for each package but the last. */
  async function packagesOf(files: Readonly<Record<string, number>>, locked: readonly string[]) {
    const entry = { integrity: `sha512-${hash}`, resolved: "https://registry.example/one.tgz" };
    const lock = Object.fromEntries(["assemblyscript", ...locked].map((name) => [`node_modules/${name}`, entry]));
    await writeFile(path.join(folder, "package-lock.json"), JSON.stringify({ packages: lock }));
    const inputs = Object.fromEntries(Object.entries(files).map(([file, bytesInOutput]) => [file, { bytesInOutput }]));
    return bundledPackages(folder, [{ outputs: { "dist/a.js": { inputs } } }]);
  }

  it("names each package with code in a bundle, and no other", async () => {
    await addPackage("one", good);
    await addPackage("@scope/two", good);
    await addPackage("one/node_modules/three", good);
    const files = {
      "src/a.ts": 9,
      "node_modules/one/lib/a.js": 5,
      "node_modules/one/lib/b.js": 5,
      "node_modules/@scope/two/a.js": 5,
      "node_modules/one/node_modules/three/a.js": 5,
      "node_modules/unused/a.js": 0,
    };
    const packages = await packagesOf(files, ["one", "@scope/two", "one/node_modules/three"]);
    assert.deepEqual(
      packages.map(({ name }) => name),
      ["@scope/two", "assemblyscript", "one", "one/node_modules/three"],
    );
  });

  it("leaves out the packages of bundles that don't count, unless another bundle has them too", async () => {
    for (const name of ["one", "two"]) await addPackage(name, good);
    const lock = { integrity: `sha512-${hash}` };
    const packages = { "node_modules/assemblyscript": lock, "node_modules/one": lock, "node_modules/two": lock };
    await writeFile(path.join(folder, "package-lock.json"), JSON.stringify({ packages }));
    const [one, two] = ["node_modules/one/a.js", "node_modules/two/a.js"].map((file) => ({
      [file]: { bytesInOutput: 5 },
    }));
    const outputs = { "out/dist/a.js": { inputs: one }, "out/dist/b.js": { inputs: { ...one, ...two } } };
    const found = await bundledPackages(folder, [{ outputs }], ["b.js"]);
    assert.deepEqual(
      found.map(({ name }) => name),
      ["assemblyscript", "one"],
    );
  });

  it("rejects a license that isn't allowed, and a package without a license text or hash", async () => {
    const files = { "node_modules/one/a.js": 5 };
    for (const license of ["GPL-3.0-only", "SEE LICENSE IN LICENSE", "UNLICENSED", "(MIT OR GPL-2.0)"]) {
      await addPackage("one", { ...good, license });
      await assert.rejects(packagesOf(files, ["one"]), /one has the license .* isn't allowed/);
    }
    await addPackage("one", good);
    await assert.rejects(packagesOf(files, []), /one has no sha512/);
    await rm(path.join(folder, "node_modules", "one"), { recursive: true });
    await addPackage("one", { license: "ISC" });
    await assert.rejects(packagesOf(files, ["one"]), /one contains no license text/);
    await addPackage("one", { license: "MIT", author: "An Author" });
    assert.match((await packagesOf(files, ["one"]))[1]?.licenseText ?? "", /^MIT License\n\nCopyright \(c\) An Author/);
  });

  it("has the license texts in the notices, and hashes in the bill of materials, the same each time", async () => {
    await addPackage("one", good);
    const packages = await packagesOf({ "node_modules/one/a.js": 5 }, ["one"]);
    assert.match(thirdPartyNotices(packages), /\none 1\.2\.3 \(MIT\)\n-+\n\nMIT License\n\nCopyright One\n/);
    const product = { name: "task-exports", version: "0.1.0" };
    const text = cycloneDx(product, packages);
    assert.equal(cycloneDx(product, packages), text);
    const { components } = v.parse(bomSchema, JSON.parse(text));
    const [, one] = components;
    assert.equal(one?.purl, "pkg:npm/one@1.2.3");
    assert.deepEqual(one.hashes, [{ alg: "SHA-512", content: Buffer.from(hash, "base64").toString("hex") }]);
    assert.deepEqual(one.licenses, [{ license: { id: "MIT" } }]);
  });

  it("is true for this extension: the documented packages, each with an allowed license", async () => {
    const built = await esbuild.build({
      absWorkingDir: root,
      bundle: true,
      format: "esm",
      platform: "node",
      external: ["vscode"],
      entryPoints: [
        "src/extension.ts",
        "src/download/digest/digestWorker.ts",
        "src/table/worker/tableWorker.ts",
        "src/table/encodings/guessEncoding.ts",
      ],
      outdir: "out",
      write: false,
      metafile: true,
    });
    const names = (await bundledPackages(root, [built.metafile])).map(({ name }) => name);
    const page = await readFile(path.join(root, "docs/architecture.md"), "utf8");
    const section = page.split("\n## ").find((part) => part.startsWith("Runtime dependencies")) ?? "";
    for (const name of names) assert.ok(section.includes(`\`${name}\``), `${name} is in docs/architecture.md`);
    assert.ok(names.includes("undici") && names.includes("valibot"));
  });
});
