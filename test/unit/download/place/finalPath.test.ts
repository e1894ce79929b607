import assert from "node:assert/strict";
import { link, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { describe, it, type TestContext } from "node:test";
import {
  FileSkipped,
  FinalPath,
  type NamedBy,
  PathClaims,
  pathBelow,
  type TakenChoice,
} from "../../../../src/download/place/finalPath.ts";

const { signal } = new AbortController();

async function prepare(context: TestContext, choice: TakenChoice = "keepBoth") {
  const folder = await mkdtemp(join(tmpdir(), "task-exports-path-"));
  context.after(() => rm(folder, { recursive: true, force: true }));
  const asked: string[] = [];
  const namedBy: NamedBy[] = [];
  const decide = (path: string, by: NamedBy): Promise<TakenChoice> => {
    asked.push(path);
    namedBy.push(by);
    return Promise.resolve(choice);
  };
  const part = join(folder, "a.csv.01234567.part");
  const options = { folder, relativePath: (name: string) => name, decide, claims: new PathClaims(), part };
  return { folder, asked, namedBy, part, options, final: new FinalPath("a.csv", options) };
}

/** Counts how often a path is looked up. */
class CountedOwners extends Map<string, object> {
  lookups = 0;

  override get(path: string): object | undefined {
    this.lookups += 1;
    return super.get(path);
  }
}

const manyAlike: readonly (readonly [what: string, nameOf: (index: number) => string])[] = [
  ["one name", () => "a.csv"],
  ["one name in different case", (index) => (index % 2 === 0 ? "a.csv" : "A.csv")],
  ["a name that others already have with a number", (index) => (index < 500 ? `a (${index + 2}).csv` : "a.csv")],
  ["names that are the same once they are shortened", (index) => `${"a".repeat(247)}${1000 + (index >> 1)}.csv`],
];

describe("Claims to paths", () => {
  it("give each file a path of its own, even on a disk that ignores case", () => {
    const claims = new PathClaims();
    const [first, second, third] = [{}, {}, {}];
    assert.equal(claims.claim(first, join("f", "Export.csv")), join("f", "Export.csv"));
    assert.equal(claims.claim(second, join("f", "export.CSV")), join("f", "export (2).CSV"));
    assert.equal(claims.claim(third, join("f", "EXPORT.csv")), join("f", "EXPORT (3).csv"));
  });

  it("treat two names as the same if only the encoding of a character differs", () => {
    const claims = new PathClaims();
    claims.claim({}, "caf\u00e9.csv");
    assert.equal(claims.claim({}, "cafe\u0301.csv"), "cafe\u0301 (2).csv");
  });

  it("treat two names as the same if some disks don't distinguish their letters", () => {
    const claims = new PathClaims();
    claims.claim({}, "stra\u00dfe.csv");
    assert.equal(claims.claim({}, "STRASSE.csv"), "STRASSE (2).csv");
    claims.claim({}, "\u03c3.csv");
    assert.equal(claims.claim({}, "\u03c2.csv"), "\u03c2 (2).csv");
  });

  for (const [what, nameOf] of manyAlike) {
    it(`look up only a few paths for each file, however many have ${what}`, () => {
      const owners = new CountedOwners();
      const claims = new PathClaims(owners);
      const count = 1000;
      const paths = Array.from({ length: count }, (_, index) => claims.claim({}, nameOf(index)));
      assert.equal(new Set(paths).size, count);
      assert.ok(owners.lookups < 8 * count, `${owners.lookups} lookups`);
    });
  }

  it("give a file the same number as before", () => {
    const claims = new PathClaims();
    const owner = {};
    claims.claim({}, "a.csv");
    assert.equal(claims.claim(owner, "a.csv"), "a (2).csv");
    claims.claim({}, "a.csv");
    assert.equal(claims.claim(owner, "A.csv"), "A (2).csv");
  });

  it("don't block their own file", () => {
    const claims = new PathClaims();
    const owner = {};
    claims.claim(owner, "a.csv");
    assert.equal(claims.claim(owner, "a.csv"), "a.csv");
  });
});

describe("The final path of a file", () => {
  it("is used without a question if it is free", async (context) => {
    const { final, asked } = await prepare(context);
    await final.settle(signal);
    assert.deepEqual(asked, []);
    assert.equal(final.choice, "keepBoth");
  });

  it("is asked about once if it is taken", async (context) => {
    const { final, asked, folder } = await prepare(context, "overwrite");
    await writeFile(join(folder, "a.csv"), "");
    await final.settle(signal);
    await final.settle(signal);
    assert.deepEqual(asked, [join(folder, "a.csv")]);
    assert.equal(final.choice, "overwrite");
  });

  it("is used without a question if the decision was made in advance", async (context) => {
    const { final, asked, folder } = await prepare(context);
    await writeFile(join(folder, "a.csv"), "");
    assert.equal(await final.isOpen(), true);
    final.settleAs("skip");
    assert.equal(await final.isOpen(), false);
    await assert.rejects(final.settle(signal), FileSkipped);
    assert.deepEqual(asked, []);
  });

  it("is asked about again if the name changes, because the answer was for the first name", async (context) => {
    const { final, asked, folder } = await prepare(context);
    for (const name of ["a.csv", "b.csv"]) await writeFile(join(folder, name), "");
    await final.settle(signal);
    final.answered({ name: "b.csv", extension: "csv" });
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

  for (const ending of "exe bat cmd sh desktop lnk scr js vbs command app html svg url hta ps1 jar xlsm xyz".split(
    " ",
  )) {
    it(`never ends in .${ending}, whether the service, the store or a template says so`, async (context) => {
      const { final, folder, options } = await prepare(context);
      assert.equal(new FinalPath(`x.csv.${ending}`, options).path, join(folder, `x.csv.${ending}.csv`));
      final.answered({ name: `y.${ending.toUpperCase()}`, extension: "json" });
      assert.equal(final.path, join(folder, `y.${ending.toUpperCase()}.csv`), "the service's name says what it is");
      const relativePath = (): string => `z/fixed.${ending}`;
      assert.equal(
        new FinalPath("z.json", { ...options, relativePath }).path,
        join(folder, "z", `fixed.${ending}.json`),
      );
    });
  }

  for (const name of "b.csv c.CSV b.json b.ndjson b.jsonl b.tsv b.txt b.csv.gz b.zip b.parquet b.xlsx".split(" ")) {
    it(`keeps the extension of ${name}`, async (context) => {
      const { folder, options } = await prepare(context);
      assert.equal(new FinalPath(name, options).path, join(folder, name));
    });
  }

  for (const name of ["12345", "orders.final", "Export 2024-01-01T10.30"]) {
    it(`gets an extension if the name is ${name}`, async (context) => {
      const { folder, options } = await prepare(context);
      const bare = new FinalPath(name, options);
      assert.equal(bare.path, join(folder, `${name}.csv`));
      bare.answered({ name: undefined, extension: "json" });
      assert.equal(bare.path, join(folder, `${name}.json`));
    });
  }

  it("keeps its extension, however long the name is", async (context) => {
    const { options } = await prepare(context);
    const { path } = new FinalPath("a.json", { ...options, relativePath: () => `${"ä".repeat(120)}.exe` });
    assert.ok(Buffer.byteLength(basename(path)) <= 246);
    assert.match(path, /ä{100,}.*\.json$/);
  });

  it("is asked about, and the question knows whether the service or the store chose the name", async (context) => {
    const { final, folder, namedBy } = await prepare(context);
    for (const name of ["a.csv", "b.csv"]) await writeFile(join(folder, name), "");
    await final.settle(signal);
    final.answered({ name: "b.csv", extension: "csv" });
    await final.settle(signal);
    assert.deepEqual(namedBy, ["service", "response"]);
  });

  it("isn't changed by a response after the person decided to replace the file", async (context) => {
    const { final, folder } = await prepare(context, "overwrite");
    await writeFile(join(folder, "a.csv"), "");
    await final.settle(signal);
    final.answered({ name: "b.csv", extension: "csv" });
    assert.equal(final.path, join(folder, "a.csv"));
  });

  for (const [name, isGzip, ending] of [
    ["a.csv", true, "a.csv.gz"],
    ["a.csv.gz", false, "a.csv"],
    ["a.tgz", false, "a.json"],
    ["a.csv.GZ", true, "a.csv.GZ"],
    ["a.csv.gz", undefined, "a.csv.gz"],
    // A file with the name of a sidecar would be taken for one.
    ["a.csv.01234567.part.json.gz", false, "a.csv.01234567_part.json"],
  ] as const) {
    it(`is ${ending} for ${name} if its bytes ${isGzip === undefined ? "are unknown" : `are ${isGzip ? "" : "not "}gzip`}`, async (context) => {
      const { folder, options } = await prepare(context);
      const final = new FinalPath(name, { ...options, claims: new PathClaims() });
      final.answered({ name: undefined, extension: "json", isGzip });
      assert.equal(final.path, join(folder, ending));
    });
  }

  it("is known before the content arrives, from the file to be replaced or from the response", async (context) => {
    const { final, folder } = await prepare(context);
    assert.equal(final.expectedPath("b.csv.gz"), join(folder, "b.csv.gz"));
    assert.equal(final.expectedPath(undefined), join(folder, "a.csv"));
    final.settleAs("overwrite");
    assert.equal(final.expectedPath("b.csv.gz"), join(folder, "a.csv"));
    assert.equal(final.path, join(folder, "a.csv"));
  });

  it("is asked about again if the bytes don't fit the file to be replaced", async (context) => {
    const { final, folder, asked } = await prepare(context, "overwrite");
    for (const name of ["a.csv", "a.csv.gz"]) await writeFile(join(folder, name), "");
    await final.settle(signal);
    final.answered({ name: undefined, extension: "csv", isGzip: true });
    assert.equal(final.choice, "keepBoth");
    await final.settle(signal);
    assert.deepEqual(asked, [join(folder, "a.csv"), join(folder, "a.csv.gz")]);
  });
});
