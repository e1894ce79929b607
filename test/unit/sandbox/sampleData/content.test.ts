import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { csvLine, tableContent } from "../../../../sandbox/sampleData/content.ts";
import type { Content } from "../../../../sandbox/sampleData/content.ts";
import { spaazaSubjects } from "../../../../sandbox/sampleData/spaazaSubjects.ts";
import { awkwardCsv } from "../../../../sandbox/sampleData/specialContent.ts";
import { TaskBook } from "../../../../sandbox/spaaza/taskBook.ts";

function textOf(content: Content, seed = 1): string {
  return Buffer.concat([...content.open(seed)]).toString();
}

const { transactions } = spaazaSubjects;

describe("Sample data", () => {
  it("is the same for the same seed, and other data for another seed or name", () => {
    const table = (name: string): Content => tableContent(name, transactions, "csv", { rows: 50 });
    assert.equal(textOf(table("a")), textOf(table("a")));
    assert.notEqual(textOf(table("a")), textOf(table("a"), 2));
    assert.notEqual(textOf(table("a")), textOf(table("b")));
  });

  it("makes the same tasks from the same seed", () => {
    const shown = (seed: number): unknown[] => new TaskBook(seed, 0).list().map(({ id, desc }) => [id, desc]);
    assert.deepEqual(shown(1), shown(1));
    assert.notDeepEqual(shown(1), shown(2));
  });

  it("ends a table with the row that reaches the requested size, in CSV and in JSON", () => {
    for (const format of ["csv", "json"] as const) {
      const bytes = Buffer.byteLength(textOf(tableContent("a", transactions, format, { bytes: 4_000_000 })));
      assert.ok(bytes >= 4_000_000 && bytes < 4_010_000, `${format}: ${bytes}`);
    }
  });

  it("never repeats an ID, even if it repeats the rest of a row", () => {
    const rows = textOf(tableContent("a", transactions, "json", { rows: 25_000 }));
    const ids = [...rows.matchAll(/"transaction_id":(\d+)/g)].map(([, id]) => id);
    assert.equal(new Set(ids).size, 25_000);
    assert.ok(Array.isArray(JSON.parse(rows)));
    assert.ok(!rows.includes("\n"), "one long line");
  });

  it("has quotes and line breaks in about one of a hundred rows, and letters of many scripts", () => {
    const text = textOf(tableContent("a", transactions, "csv", { rows: 10_000 }));
    const quoted = text.match(/"{2}/g)?.length ?? 0;
    assert.ok(quoted > 50 && quoted < 500, `${quoted}`);
    assert.match(text, /東京/);
    assert.match(text, /Ναύπλιο/);
    assert.ok(text.split("\n").length > 10_050, "some rows span lines");
  });

  it("quotes a CSV cell only if needed", () => {
    assert.equal(csvLine(["a", "b c", 1.5, true, null, ""]), "a,b c,1.5,true,,\n");
    assert.equal(csvLine(['say "so"', "x,y", "l\nm", "r\r"]), '"say ""so""","x,y","l\nm","r\r"\n');
  });

  it("has a cell of more than a megabyte in the table with unusual values", () =>
    assert.ok(
      textOf(awkwardCsv)
        .split(",")
        .some((cell) => Buffer.byteLength(cell) > 1024 * 1024),
    ));
});
