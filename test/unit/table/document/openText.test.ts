import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { describe, it, type TestContext } from "node:test";
import { headBytes } from "../../../../src/table/detect/detectContent.ts";
import { openDivided, type OpenedText, openText } from "../../../../src/table/document/openText.ts";
import type { TableSpec } from "../../../../src/table/document/tableSpec.ts";
import { createPlainScanner } from "../../../../src/table/scan/plainScanner.ts";

async function fileOf(test: TestContext, content: string | Uint8Array, name = "a.csv"): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "task-exports-open-"));
  test.after(() => rm(folder, { recursive: true }));
  const file = path.join(folder, name);
  await writeFile(file, content);
  return file;
}

interface Content {
  readonly content: string | Uint8Array;
  readonly name?: string;
  readonly spec?: Partial<TableSpec>;
}

async function open(test: TestContext, { content, name, spec }: Content): Promise<OpenedText> {
  const file = await fileOf(test, content, name);
  const opened = openText({ path: file, growing: false, readAs: {}, ...spec }, createPlainScanner());
  if (opened.kind === "text") test.after(() => opened.text.source.close());
  return opened;
}

/** What was found at the beginning of a file that is a table. */
async function found(test: TestContext, content: string | Uint8Array, options: Omit<Content, "content"> = {}) {
  const opened = await open(test, { content, ...options });
  if (opened.kind === "problem") assert.fail(opened.problem.kind);
  const { division, source } = opened.text;
  const columns = division.columns.map(({ name, type }) => `${name}:${type}`).join(" ");
  return { ...division, columns, head: opened.head, source, needsGuess: opened.needsGuess };
}

async function problem(test: TestContext, content: string | Uint8Array, spec: Partial<TableSpec> = {}) {
  const opened = await open(test, { content, spec });
  return opened.kind === "problem" ? opened.problem.kind : undefined;
}

describe("a file that is opened", () => {
  it("begins behind its header, and tells how many rows its beginning has", async (test) => {
    const { begin, columns, head } = await found(test, "id,name\n1,Ada\n22,Bo\n");
    assert.deepEqual([begin, columns], [8, "id:number name:text"]);
    assert.deepEqual(head, { rows: 2, bytes: 12, hasCharacters: false });
  });

  it("begins at its first row without a header", async (test) => {
    const { begin, head } = await found(test, "\ufeff1,Ada\n2,Bo\n");
    assert.equal(begin, 3);
    assert.deepEqual(head, { rows: 2, bytes: 11, hasCharacters: false }, "the mark is no character");
  });

  it("counts no row that is cut, unless it is the only one", async (test) => {
    assert.deepEqual((await found(test, "id,name\n1,Ada\n2,Bo")).head, { rows: 1, bytes: 6, hasCharacters: false });
    assert.deepEqual((await found(test, "1,Ada")).head, { rows: 1, bytes: 5, hasCharacters: false });
  });

  it("counts up to 201 rows in its beginning", async (test) => {
    const { head } = await found(test, `id,name\n${"1,Ada\n".repeat(300)}`);
    assert.deepEqual(head, { rows: 200, bytes: 1200, hasCharacters: false });
  });

  it("tells whether characters beyond ASCII come before its rows", async (test) => {
    assert.equal((await found(test, "id,größe\n1,2\n")).head.hasCharacters, true);
    assert.equal((await found(test, "id,name\n1,ä\n")).head.hasCharacters, false);
  });

  it("has its header and rows in UTF-16 too", async (test) => {
    const little = Buffer.from("\ufeffid,name\n1,Ada\n2,Bo\n", "utf16le");
    for (const content of [little, Buffer.from(little).swap16()]) {
      const { begin, columns, head } = await found(test, content);
      assert.deepEqual([begin, columns, head.rows, head.bytes], [18, "id:number name:text", 2, 22]);
    }
  });

  it("has its rows in encodings in which a delimiter can be part of a letter", async (test) => {
    const content = Buffer.from("a|b\n\x83||2\n", "latin1");
    const { columns, head } = await found(test, content, {
      spec: { readAs: { encoding: "shift_jis", delimiter: "|" } },
    });
    assert.deepEqual([columns, head.rows], ["a:text b:number", 1]);
  });

  it("has a header that ends differently than the rows", async (test) => {
    const { begin, newline, columns, head } = await found(test, "id,name\r1,Ada\n2,Bo\n");
    assert.deepEqual([begin, newline, columns, head.rows], [8, 10, "id:number name:text", 2]);
  });

  it("has no header if its first line is longer than its beginning", async (test) => {
    const long = "name,".repeat(headBytes / 5 + 1);
    const endless = await found(test, `${long}\n1,2\n`, { spec: { readAs: { header: true } } });
    assert.deepEqual([endless.reading.header, endless.begin], [false, 0]);
    const short = await found(test, long.slice(0, 1000), { spec: { readAs: { header: true } } });
    assert.equal(short.reading.header, true);
  });

  it("is known by the name that people see", async (test) => {
    const spec = { fileName: "a.jsonl" };
    assert.equal((await found(test, '{"a":1}', { name: "a.part", spec })).reading.kind, "jsonLines");
    assert.equal((await found(test, '{"a":1}', { name: "a.jsonl" })).reading.kind, "jsonLines");
    assert.equal(await problem(test, '{"a":1}'), "jsonText");
  });

  it("is read up to a size, and in the encoding that was chosen or found later", async (test) => {
    const { source } = await found(test, "id,name\n1,Ada\n2,Bo\n", { spec: { size: 14 } });
    assert.equal(source.size, 14);
    const encoding = async (spec: Partial<TableSpec>) => (await found(test, "id,name\n", { spec })).reading.encoding;
    assert.equal(await encoding({ foundEncoding: "koi8-r" }), "koi8-r");
    assert.equal(await encoding({ foundEncoding: "koi8-r", readAs: { encoding: "gbk" } }), "gbk");
    assert.equal(await encoding({}), "utf-8");
  });

  it("ends before its blank lines", async (test) => {
    assert.equal((await found(test, "1,Ada\n2,Bo\n\n \n")).source.size, 11);
    assert.equal((await found(test, '{"a":1}\n{"a":2}\n \n')).source.size, 16);
    const spaced = { spec: { readAs: { delimiter: " " } } };
    assert.equal((await found(test, "1 Ada\n2 Bo\n \n", spaced)).source.size, 13, "a space can divide empty values");
    assert.equal((await found(test, '[{"a":1}]\n\n')).source.size, 11, "an array ends with its bracket");
  });

  it("says if its encoding is unknown", async (test) => {
    const content = Buffer.from("id,größe\n1,2\n", "latin1");
    assert.equal((await found(test, content)).needsGuess, true);
    assert.equal((await found(test, "id,größe\n1,2\n")).needsGuess, undefined);
    const guessed = openText(
      { path: await fileOf(test, content), growing: false, readAs: {} },
      createPlainScanner(),
      () => "koi8-r",
    );
    assert.equal(guessed.kind === "text" && guessed.text.division.reading.encoding, "koi8-r");
    if (guessed.kind === "text") guessed.text.source.close();
  });

  it("is no table if it is missing, empty or something else", async (test) => {
    const missing = openText({ path: "/nowhere/a.csv", growing: false, readAs: {} }, createPlainScanner());
    assert.deepEqual(missing, { kind: "problem", problem: { kind: "missing" } });
    assert.equal(await problem(test, ""), "empty");
    assert.equal(await problem(test, "\0\x01\x02\x03".repeat(100)), "binary");
    assert.equal(await problem(test, '{"a":', { fileName: "a.json" }), "brokenJson");
    assert.equal(await problem(test, '{"a":', { growing: true, fileName: "a.json" }), "jsonText");
  });
});

describe("an array inside an object", () => {
  const envelope = '{"rows":[{"a":1}]';

  it("has text behind it if the file doesn't end with the object", async (test) => {
    for (const [end, textBehind] of [
      ["}", undefined],
      ["} \n", undefined],
      [`}${" ".repeat(4000)}`, undefined],
      [`,"b":"${"x".repeat(headBytes)}"}`, undefined],
      [`,"b":"${"x".repeat(headBytes)}"} x`, true],
    ] as const) {
      const { reading } = await found(test, envelope + end, { name: "a.json" });
      assert.deepEqual([reading.arrayPath, reading.textBehind], [["rows"], textBehind], end.slice(0, 10));
    }
  });

  it("says nothing about what is behind it while the file grows", async (test) => {
    const { reading } = await found(test, envelope, { name: "a.json", spec: { growing: true } });
    assert.equal(reading.textBehind, undefined);
    assert.equal((await found(test, envelope, { name: "a.json" })).reading.textBehind, true);
    assert.equal((await found(test, '[{"a":1}] x', { name: "a.json" })).reading.textBehind, undefined);
  });
});

describe("a file that another thread has divided", () => {
  it("is opened in the same way, without its beginning being read again", async (test) => {
    const opened = await open(test, { content: "id,name\n1,Ada\n\n" });
    if (opened.kind === "problem") assert.fail(opened.problem.kind);
    const { division, grammar, source } = opened.text;
    const file = await fileOf(test, "id,name\n2,Bo\n\n\n");
    const text = openDivided({ path: file }, division, createPlainScanner());
    test.after(() => text.source.close());
    assert.deepEqual([text.division, text.grammar], [division, grammar]);
    assert.deepEqual([text.source.size, source.size], [13, 14]);
    assert.deepEqual(
      text.cells.columns.map(({ name }) => name),
      ["id", "name"],
    );
  });

  it("is not opened if it is missing, or if another file has its name", async (test) => {
    const opened = await open(test, { content: "id,name\n1,Ada\n" });
    if (opened.kind === "problem") assert.fail(opened.problem.kind);
    const { division } = opened.text;
    const path = await fileOf(test, "id,name\n1,Ada\n");
    const code = (code: string) => (error: unknown) => (error as { code?: string }).code === code;
    const scanner = createPlainScanner();
    assert.throws(() => openDivided({ path: "/nowhere/a.csv" }, division, scanner), code("fileMissing"));
    const id = opened.text.source.id;
    assert.throws(() => openDivided({ path, id }, division, scanner), code("fileChanged"));
  });
});
