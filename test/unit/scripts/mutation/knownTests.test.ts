import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { root } from "../../../../project/checkout.ts";
import { isReached } from "../../../../scripts/mutation/coverage.ts";
import { KnownTests } from "../../../../scripts/mutation/knownTests.ts";

const source = path.join(root, "src/model/systemCode.ts");

describe("the saved result of a test file", () => {
  let folder: string;
  let test: string;

  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), "task-exports-known-"));
    test = path.join(folder, "some.test.ts");
  });
  after(() => rm(folder, { recursive: true }));

  const known = (): KnownTests => new KnownTests(new AbortController().signal, path.join(folder, "kept"));
  const kept = (): Promise<string[]> => readdir(path.join(folder, "kept"));

  it("says which code the test reaches", async () => {
    await writeFile(test, `import { systemCode } from ${JSON.stringify(source)};\nsystemCode({});`);
    const { passes, coverage } = await known().factsOf(test);
    assert.equal(passes, true);
    const text = await readFile(source, "utf8");
    assert.ok(isReached(coverage, source, text.indexOf("return", text.indexOf("function systemCode"))));
  });

  it("is kept until the test changes", async () => {
    const facts = await known().factsOf(test);
    assert.equal((await kept()).length, 1);
    assert.deepEqual(await known().factsOf(test), facts);
    await writeFile(test, "");
    assert.deepEqual((await known().factsOf(test)).coverage, {});
    assert.equal((await kept()).length, 2);
  });

  it("is not kept when the test fails, because that may be by chance", async () => {
    const before = await kept();
    await writeFile(test, "throw new Error();");
    const tests = known();
    assert.equal((await tests.factsOf(test)).passes, false);
    assert.deepEqual(await kept(), before);
    assert.deepEqual([...tests.failing], [test]);
  });

  it("is that of a later run if the test fails by chance", async () => {
    const runs = path.join(folder, "runs");
    await writeFile(
      test,
      `import fs from "node:fs";
      fs.appendFileSync(${JSON.stringify(runs)}, "x");
      if (fs.readFileSync(${JSON.stringify(runs)}, "utf8").length < 3) throw new Error();`,
    );
    const tests = known();
    assert.equal((await tests.factsOf(test)).passes, true);
    assert.equal(tests.failing.size, 0);
  });
});
