import assert from "node:assert/strict";
import { link, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { describe, it, type TestContext } from "node:test";
import {
  FileSkipped,
  FinalPath,
  PathClaims,
  pathBelow,
  type TakenChoice,
} from "../../../../src/download/place/finalPath.ts";

const { signal } = new AbortController();

async function prepare(context: TestContext, choice: TakenChoice = "keepBoth") {
  const folder = await mkdtemp(join(tmpdir(), "task-exports-path-"));
  context.after(() => rm(folder, { recursive: true, force: true }));
  const asked: string[] = [];
  const decide = (path: string): Promise<TakenChoice> => {
    asked.push(path);
    return Promise.resolve(choice);
  };
  const part = join(folder, "a.csv.01234567.part");
  const options = { folder, relativePath: (name: string) => name, decide, claims: new PathClaims(), part };
  return { folder, asked, part, final: new FinalPath("a.csv", options) };
}

describe("Claims to paths", () => {
  it("give each file a path of its own, even on a disk that ignores case", () => {
    const claims = new PathClaims();
    const [first, second, third] = [{}, {}, {}];
    assert.equal(claims.claim(first, join("f", "Export.csv")), join("f", "Export.csv"));
    assert.equal(claims.claim(second, join("f", "export.CSV")), join("f", "export (2).CSV"));
    assert.equal(claims.claim(third, join("f", "EXPORT.csv")), join("f", "EXPORT (3).csv"));
  });

  it("see one name in two spellings of the same character", () => {
    const claims = new PathClaims();
    claims.claim({}, "caf\u00e9.csv");
    assert.equal(claims.claim({}, "cafe\u0301.csv"), "cafe\u0301 (2).csv");
  });

  it("see one name in two letters that some disks don't distinguish", () => {
    const claims = new PathClaims();
    claims.claim({}, "stra\u00dfe.csv");
    assert.equal(claims.claim({}, "STRASSE.csv"), "STRASSE (2).csv");
    claims.claim({}, "\u03c3.csv");
    assert.equal(claims.claim({}, "\u03c2.csv"), "\u03c2 (2).csv");
  });

  it("do not stand in the way of their own file", () => {
    const claims = new PathClaims();
    const owner = {};
    claims.claim(owner, "a.csv");
    assert.equal(claims.claim(owner, "a.csv"), "a.csv");
  });
});

describe("The final path of a file", () => {
  it("asks nobody while it is free", async (context) => {
    const { final, asked } = await prepare(context);
    await final.settle(signal);
    assert.deepEqual(asked, []);
    assert.equal(final.choice, "keepBoth");
  });

  it("asks once if it is taken", async (context) => {
    const { final, asked, folder } = await prepare(context, "overwrite");
    await writeFile(join(folder, "a.csv"), "");
    await final.settle(signal);
    await final.settle(signal);
    assert.deepEqual(asked, [join(folder, "a.csv")]);
    assert.equal(final.choice, "overwrite");
  });

  it("asks nobody about what was decided in advance", async (context) => {
    const { final, asked, folder } = await prepare(context);
    await writeFile(join(folder, "a.csv"), "");
    assert.equal(await final.isOpen(), true);
    final.settleAs("skip");
    assert.equal(await final.isOpen(), false);
    await assert.rejects(final.settle(signal), FileSkipped);
    assert.deepEqual(asked, []);
  });

  it("asks again about another name, because the answer was for the first one", async (context) => {
    const { final, asked, folder } = await prepare(context);
    for (const name of ["a.csv", "b.csv"]) await writeFile(join(folder, name), "");
    await final.settle(signal);
    final.rename("b.csv");
    await final.settle(signal);
    assert.deepEqual(asked, [join(folder, "a.csv"), join(folder, "b.csv")]);
  });

  it("is not taken by the file's own part, which a killed process had placed", async (context) => {
    const { final, asked, folder, part } = await prepare(context);
    await writeFile(part, "");
    await link(part, join(folder, "a.csv"));
    await final.settle(signal);
    assert.deepEqual(asked, []);
  });

  it("never leaves the download folder", () => {
    assert.equal(pathBelow(resolve("exports"), "a/b.csv"), resolve("exports", "a", "b.csv"));
    for (const path of ["..", "../a.csv", "a/../../b.csv", "", resolve("other.csv")]) {
      assert.throws(() => pathBelow(resolve("exports"), path), { code: "notWritable" }, path);
    }
  });
});
