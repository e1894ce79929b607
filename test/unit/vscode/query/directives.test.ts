import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  directivesIn,
  endOfDirectives,
  exportDirective,
  namesExport,
  tableDirective,
  tableNameFor,
} from "../../../../src/vscode/query/directives.ts";
import { pathIn } from "../../../../src/vscode/query/pathText.ts";

describe("the comments of a query that name its tables", () => {
  it("name the export and further tables, with the places of their values", () => {
    const text =
      "-- export: /data/my orders.csv \r\n--TABLE:  old =  orders (2).csv\nSELECT 1\n-- table: übrige = a = b";
    const { export: own, tables, problems } = directivesIn(text);
    assert.equal(own?.text, "/data/my orders.csv");
    assert.deepEqual(
      tables.map(({ name, reference }) => [name, reference.text]),
      [
        ["old", "orders (2).csv"],
        ["übrige", "a = b"],
      ],
    );
    for (const value of [own, ...tables.map(({ reference }) => reference)])
      assert.equal(text.slice(value.start, value.end), value.text);
    assert.deepEqual(problems, []);
  });

  it("are wrong at the name if it is no name, is export or is taken, and as a whole without a file", () => {
    const text = "-- table: 1a = x\n-- table: Export = x\n-- table: a = x\n-- table: A = y\n-- table: b\n-- table:";
    const { tables, problems } = directivesIn(text);
    assert.deepEqual(
      tables.map(({ name }) => name),
      ["a"],
    );
    assert.deepEqual(
      problems.map(({ start, end }) => text.slice(start, end)),
      ["1a", "Export", "A", "b", ""],
    );
  });

  it("keep the path of a file in one line, whatever characters it has", () => {
    for (const path of ["/a/b c.csv", "/a/line\nDROP.csv", "/odd ", "/a/\u2028.csv"]) {
      const line = exportDirective(path);
      assert.ok(!/[\n\u2028]/.test(line), line);
      assert.equal(pathIn(directivesIn(`${line}\nSELECT 1`).export?.text ?? ""), path);
    }
  });

  it("make a document a query if the export is named near its beginning", () => {
    assert.ok(namesExport(["", "-- export: /a.csv"]));
    assert.ok(!namesExport(["SELECT 1 -- export: /a.csv"]));
    assert.ok(!namesExport([...Array.from({ length: 20 }, () => ""), "-- export: /a.csv"]));
  });

  it("are followed by the next one that is added", () => {
    const text = "-- export: /a.csv\n-- text\n-- table: b = c\nSELECT 1";
    assert.equal(text.slice(endOfDirectives(text)), "\nSELECT 1");
    assert.equal(directivesIn(tableDirective("d", "e.csv")).tables[0]?.reference.text, "e.csv");
  });

  it("get table names that are free and need no quotes", () => {
    assert.equal(tableNameFor("Orders 2024.csv.gz", []), "orders_2024");
    assert.equal(tableNameFor("2024.csv", []), "t_2024");
    assert.equal(tableNameFor("export.csv", ["export_2"]), "export_3");
    assert.equal(tableNameFor("---.json", []), "t_");
  });
});
