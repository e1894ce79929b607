import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, describe, it } from "node:test";
import { IndexedTable } from "../../../../src/table/document/indexedTable.ts";
import { openText } from "../../../../src/table/document/openText.ts";
import { guessEncoding } from "../../../../src/table/encodings/guessEncoding.ts";
import { createPlainScanner } from "../../../../src/table/scan/plainScanner.ts";
import type { Expected, ExportCase } from "../file/exports/exportCase.ts";
import { exportClasses } from "../file/exports/exportClasses.ts";

const folder = mkdtempSync(path.join(os.tmpdir(), "task-exports-detected-"));
after(() => rmSync(folder, { recursive: true }));

/** What is known of a file after its rows were counted, without threads and pages of the API. */
const fields = ["columns", "rows", "total", "delimiter", "quote", "header", "encoding", "before"] as const;

function opened({ fileName, content, expected }: ExportCase): Pick<Expected, (typeof fields)[number]> {
  const file = path.join(folder, fileName);
  writeFileSync(file, content);
  const found = openText({ path: file, growing: false, readAs: {} }, createPlainScanner(), guessEncoding);
  if (found.kind === "problem") assert.fail(found.problem.kind);
  const table = new IndexedTable(found.text, found.head, { version: 1, growing: false });
  try {
    while (table.step(1 << 20));
    const { rows } = table.rows({ from: 0, count: expected.rows?.length ?? 0 });
    return {
      ...table.shape.reading,
      columns: table.shape.columns.map(({ name }) => name),
      rows: rows.map(({ cells }) => cells),
      total: table.progress.rows,
      before: table.shape.reading.before?.text ?? "",
    };
  } finally {
    table.close();
  }
}

for (const [title, cases] of exportClasses) {
  describe(title, () => {
    for (const one of cases) {
      it(`is detected correctly: ${one.what}`, () => {
        const found = opened(one);
        for (const field of fields)
          if (field in one.expected) assert.deepEqual(found[field], one.expected[field], field);
      });
    }
  });
}
