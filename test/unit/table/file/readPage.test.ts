import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { defined } from "../../../../src/model/defined.ts";
import { OpenFile } from "../../../../src/table/file/openFile.ts";
import { pageFields, readPage } from "../../../../src/table/file/readPage.ts";
import type { Expected, ExportCase } from "./exports/exportCase.ts";
import { lateEncodings } from "./exports/encodings.ts";
import { exportClasses } from "./exports/exportClasses.ts";
import { tablePrograms } from "./tablePrograms.ts";

const never = new AbortController().signal;
let folder = "";

before(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "task-exports-reading-"));
});

after(() => rm(folder, { recursive: true }));

/** What the API answers for a file, in the words of a case. Only fields that the case expects. */
async function read({ fileName, content, expected }: ExportCase, from = 0): Promise<Expected> {
  const file = path.join(folder, fileName);
  await writeFile(file, content);
  const open = new OpenFile({ path: file, growing: false, readAs: {} }, tablePrograms);
  try {
    let page = await readPage(open, { from, count: 1000 }, never);
    while (page.kind === "reread") page = await readPage(open, { from, count: 1000 }, never);
    if (page.kind !== "rows") assert.fail(`no rows: ${JSON.stringify(page)}`);
    const { delimiter, quote, header, encoding, before: linesBefore } = page.shape.reading;
    const found = {
      columns: page.shape.columns.map(({ name }) => name),
      rows: page.rows.slice(0, expected.rows?.length).map(({ cells }) => cells),
      delimiter,
      quote,
      header,
      encoding,
      before: linesBefore?.text,
      unreadableRows: undefined,
      ...pageFields(page),
    };
    return Object.fromEntries(Object.entries(found).filter(([name]) => name in expected || name === "unreadableRows"));
  } finally {
    await open.dispose();
  }
}

for (const [title, cases] of exportClasses) {
  describe(title, () => {
    for (const one of cases) {
      it(`is read correctly: ${one.what}`, async () => {
        assert.deepEqual(defined(await read(one)), one.expected);
      });
    }
  });
}

describe("An encoding that only shows far into the file", () => {
  for (const one of lateEncodings) {
    it(`is found while rows are counted: ${one.what}`, async () => {
      assert.deepEqual(defined(await read(one, 90_000)), one.expected);
    });
  }
});

describe("A JSON key with the name of the column for the keys that have none", () => {
  it("has a column of its own beside that one", async () => {
    const file = path.join(folder, "keys.ndjson");
    const record = { "…": "mine", ...Object.fromEntries(Array.from({ length: 2_100 }, (_, key) => [`k${key}`, key])) };
    await writeFile(file, `${JSON.stringify(record)}\n`);
    const open = new OpenFile({ path: file, growing: false, readAs: {} }, tablePrograms);
    try {
      const page = await readPage(open, { from: 0, count: 1 }, never);
      assert.ok(page.kind === "rows");
      const names = page.shape.columns.map(({ name }) => name);
      const cells = page.rows[0]?.cells ?? [];
      assert.deepEqual([names[0], cells[0], names[2_000], names.length], ["…", "mine", "……", 2_001]);
      assert.match(cells[2_000] ?? "", /^\{"k1999":1999,.*"k2099":2099\}$/);
    } finally {
      await open.dispose();
    }
  });
});

describe("The page about reading", () => {
  it("has a row for every case, and no others", async () => {
    const page = await readFile(path.resolve(import.meta.dirname, "../../../../docs/reading.md"), "utf8");
    const told = Array.from(page.matchAll(/^\| (?!File |-|`\w+\.ts`)(.+?) +\| .*\|$/gm), ([, what = ""]) =>
      what.replaceAll("\\|", "|"),
    );
    assert.deepEqual(
      told.toSorted(),
      [...exportClasses.flatMap(([, cases]) => cases), ...lateEncodings].map(({ what }) => what).toSorted(),
    );
  });
});
