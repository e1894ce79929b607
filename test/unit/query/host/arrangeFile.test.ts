import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { arrangeFile } from "../../../../src/query/host/arrangeFile.ts";
import { exportSourceOf } from "../../../../src/query/host/exportSourceOf.ts";
import { searchFor } from "../../../../src/query/host/foundOrder.ts";
import { QueryEngine } from "../../../../src/query/host/queryEngine.ts";
import { OpenFile } from "../../../../src/table/file/openFile.ts";
import { UnpackFolder } from "../../../../src/table/unpack/unpackFolder.ts";
import { rowNumber, rowPosition } from "../../../../src/table/view/rowIdentity.ts";
import { tablePrograms } from "../../table/file/tablePrograms.ts";
import { enginePrograms } from "./enginePrograms.ts";

const { signal } = new AbortController();
const texts = [
  "",
  "null",
  "Straße",
  "STRASSE",
  "k",
  "K",
  "\u212A",
  "ſ",
  "s",
  "İ",
  "i",
  "ı",
  "a,b",
  'say "hi"',
  "nullable",
  "ΣΑΣ",
  "σας",
];
const values = ["null", "s", "K", "i", "ß", '"', ",", "ς", "x", "NULL"];

describe("A filter for text that a cell contains", () => {
  let folder: string;
  let engine: QueryEngine;

  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), "task-exports-arrange-"));
    engine = new QueryEngine({
      programs: enginePrograms,
      workFolder: new UnpackFolder(path.join(folder, "work")),
      cacheFolder: path.join(folder, "cache"),
      limits: () => ({ memoryLimitMiB: 512, cacheLimitMiB: 100 }),
    });
  });
  after(async () => {
    engine.dispose();
    await rm(folder, { recursive: true });
  });

  const csv = ["id,text", ...texts.map((text, row) => `${row},"${text.replaceAll('"', '""')}"`), "", ""].join("\n");
  const json = JSON.stringify([
    ...texts.map((text, id) => ({ id, text })),
    { id: 90, text: null },
    { id: 91 },
    { id: 92, text: { a: null } },
  ]);

  for (const [name, content] of [
    ["filtered.csv", csv],
    ["filtered.json", json],
  ] as const) {
    it(`finds the rows in ${name} that the engine chooses, without and with regard to case`, async () => {
      const file = path.join(folder, name);
      await writeFile(file, content);
      const open = new OpenFile({ path: file, growing: false, readAs: {} }, tablePrograms);
      const source = await exportSourceOf(open, signal);
      for (const value of values) {
        for (const caseSensitive of [false, true]) {
          const filter = { column: "text", is: "contains" as const, value, caseSensitive };
          const [found, chosen] = [
            await arrangeFile(engine, open, { sort: [], filter }, { signal }),
            await engine.arrange({ source, sort: [], filter }, { signal }),
          ];
          const [mine, theirs] = [
            await found.numbers(rowPosition(0), 100, signal),
            await chosen.numbers(rowPosition(0), 100, signal),
          ];
          assert.deepEqual(mine, theirs, `${value} ${caseSensitive}`);
          const rows = texts.map((_, row) => rowNumber(row));
          assert.deepEqual(await found.positions(rows, signal), await chosen.positions(rows, signal));
          found.dispose();
          chosen.dispose();
        }
      }
      await open.dispose();
    });
  }

  it("is a search only if it is the only condition, and names a column of the file", () => {
    const condition = { column: "text", is: "contains" as const, value: "a" };
    assert.equal(searchFor(condition, ["id", "text"])?.column, 1);
    assert.equal(searchFor({ ...condition, column: 0 }, ["id", "text"])?.column, 0);
    for (const other of [
      { ...condition, value: "" },
      { ...condition, value: "NUL" },
      { ...condition, column: "other" },
      { ...condition, column: 2 },
      { not: condition },
      { all: [condition, condition] },
      { column: "text", is: "startsWith" as const, value: "a" },
      null,
    ]) {
      assert.equal(searchFor(other, ["id", "text"]), undefined);
    }
  });
});
