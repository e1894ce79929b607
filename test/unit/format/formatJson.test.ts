import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, beforeEach, describe, it } from "node:test";

import { behaveAs } from "../download/otherDisk.ts";
import { formatJsonFile, isOneLongLine } from "../../../src/format/formatJson.ts";

const { signal } = new AbortController();
let folder = "";
let source = "";
let target = "";

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "format-"));
});
after(async () => {
  await rm(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  const own = await mkdtemp(join(folder, "one-"));
  source = join(own, "source.json");
  target = join(own, "target.json");
});

async function formatted(text: string | Buffer, indent = 2): Promise<string> {
  await writeFile(source, text);
  return readFile(await formatJsonFile(source, target, { indent, signal }), "utf8");
}

describe("formatting a JSON file", () => {
  it("lays it out as JSON.stringify does", async () => {
    const value = { a: [1, "x", { b: null, c: [] }], d: {}, e: [[true]] };
    for (const indent of [1, 2, 4]) {
      assert.equal(await formatted(JSON.stringify(value), indent), `${JSON.stringify(value, undefined, indent)}\n`);
    }
  });

  it("stops before the last of the disk is used, and leaves nothing", async (context) => {
    const own = dirname(source);
    behaveAs(context, own, { space: () => ({ total: 2 ** 40, free: 2 ** 28 }) });
    // Each number is indented by 200 spaces.
    const work = formatted(`${"[".repeat(100)}${"1,".repeat(100_000)}1${"]".repeat(100)}`);
    await assert.rejects(work, { code: "diskFull", message: /512 MiB are kept free/, details: { path: own } });
    assert.deepEqual(await readdir(own), ["source.json"]);
  });

  it("keeps numbers and texts that a parser would change", async () => {
    const text = String.raw`[1.0,12345678901234567890,1e400,-0,"\u00e9\/\"\\",{"a":1,"a":2},NaN]`;
    const lines = (await formatted(text)).split("\n").map((line) => line.trim());
    assert.deepEqual(lines, [
      "[",
      "1.0,",
      "12345678901234567890,",
      "1e400,",
      "-0,",
      String.raw`"\u00e9\/\"\\",`,
      "{",
      '"a": 1,',
      '"a": 2',
      "},",
      "NaN",
      "]",
      "",
    ]);
  });

  it("removes a byte order mark, and leaves an empty file empty", async () => {
    assert.equal(await formatted("\ufeff[1]"), "[\n  1\n]\n");
    assert.equal(await formatted(""), "");
    assert.equal(await formatted(" \n"), "");
  });

  it("formats a large file in pieces, and reports its progress", async () => {
    const value = Array.from({ length: 40_000 }, (_, id) => ({ id, name: `näme "${id}" \\`, tags: ["a", id] }));
    await writeFile(source, JSON.stringify(value));
    const told: number[] = [];
    await formatJsonFile(source, target, { indent: 2, signal, onProgress: (bytes) => told.push(bytes) });
    assert.equal(await readFile(target, "utf8"), `${JSON.stringify(value, undefined, 2)}\n`);
    assert.ok(told.length > 3);
    assert.equal(told.at(-1), (await stat(source)).size);
    assert.deepEqual(
      told,
      told.toSorted((left, right) => left - right),
    );
  });

  it("creates a file that only its owner can read", async () => {
    assert.equal(await formatted("[1]"), "[\n  1\n]\n");
    if (process.platform !== "win32") assert.equal((await stat(target)).mode & 0o777, 0o600);
  });

  it("never replaces another file, not even the source", async () => {
    await writeFile(target, "a person's own file");
    await writeFile(source, "[1]");
    const copy = await formatJsonFile(source, target, { indent: 2, signal });
    assert.equal(copy, target.replace("target.json", "target (2).json"));
    assert.equal(await readFile(target, "utf8"), "a person's own file");
    const beside = await formatJsonFile(source, source, { indent: 2, signal });
    assert.equal(beside, source.replace("source.json", "source (2).json"));
    assert.equal(await readFile(source, "utf8"), "[1]");
  });

  it("uses the copy of an earlier call if nothing has changed", async () => {
    await writeFile(source, "[1]");
    const first = await formatJsonFile(source, target, { indent: 2, signal });
    assert.equal(await formatJsonFile(source, target, { indent: 2, signal }), first);
    assert.deepEqual((await readdir(join(target, ".."))).toSorted(), ["source.json", "target.json"]);
  });

  for (const [what, text, byte] of [
    ["ends inside a string", '["abc', 5],
    ["ends inside an escape", '["abc\\', 6],
    ["ends with open brackets", '\ufeff{"a":[1', 10],
    ["closes what was not opened", "[1]]", 3],
    ["closes with the other bracket", "[1}", 2],
  ] as const) {
    it(`refuses a file that ${what}, names the byte, and leaves no incomplete file`, async () => {
      await writeFile(target, "old");
      await assert.rejects(formatted(text), (error: Error & { code?: string }) => {
        assert.equal(error.code, "notAnExportFile");
        assert.match(error.message, new RegExp(`\\bbyte ${byte}\\b`));
        return true;
      });
      assert.equal(await readFile(target, "utf8"), "old");
      assert.deepEqual((await readdir(join(target, ".."))).toSorted(), ["source.json", "target.json"]);
    });
  }

  it("refuses UTF-16, with and without a byte order mark", async () => {
    for (const text of [Buffer.from("\ufeff[1]", "utf16le"), Buffer.from("[1]", "utf16le")]) {
      await assert.rejects(formatted(text), { code: "notAnExportFile" });
      await assert.rejects(formatted(Buffer.from(text).swap16()), { code: "notAnExportFile" });
    }
  });

  it("stops and leaves nothing behind when it is canceled", async () => {
    await writeFile(source, JSON.stringify("x".repeat(2_000_000)));
    const abort = new AbortController();
    const onProgress = (): void => abort.abort();
    await assert.rejects(formatJsonFile(source, target, { indent: 2, signal: abort.signal, onProgress }), {
      code: "cancelled",
    });
    assert.deepEqual(await readdir(join(target, "..")), ["source.json"]);
  });

  it("says which file is missing or can't be written", async () => {
    await assert.rejects(formatJsonFile(source, target, { indent: 2, signal }), { code: "fileMissing" });
    await writeFile(source, "[]");
    const below = join(source, "target.json");
    await assert.rejects(formatJsonFile(source, below, { indent: 2, signal }), {
      code: "notWritable",
      details: { path: below },
    });
  });
});

describe("one long line", () => {
  for (const [what, text, expected] of [
    ["text without a line break up to the limit", "x".repeat(20_000), true],
    ["a long line after a mark and blank lines", `\ufeff\n\n${"x".repeat(20_000)}\n`, true],
    ["a long line with others after it", `${"x".repeat(20_000)}\n[]\n`, true],
    ["a line just below the limit", "x".repeat(19_999), false],
    ["short lines", "[\n1,\n2\n]\n".repeat(9_000), false],
    ["nothing", "", false],
  ] as const) {
    it(`is ${expected ? "" : "not "}${what}`, async () => {
      await writeFile(source, text);
      assert.equal(await isOneLongLine(source), expected);
    });
  }

  it("is recognized by the limit that the caller sets", async () => {
    await writeFile(source, "[1,2,3]");
    assert.equal(await isOneLongLine(source, 7), true);
    assert.equal(await isOneLongLine(source, 8), false);
  });
});
