import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { firstFilled, isBlank, isNames, tableStart } from "../../../../src/table/detect/tableStart.ts";
import { rowsOf } from "./rowsOf.ts";

const table = "id,name,city\n1,Ann,Rome\n2,Bob,Oslo\n";

describe("the first row of a table", () => {
  for (const [what, text, row, titles] of [
    ["the first one", table, 0, 0],
    ["the one after blank lines", `\n  \n,,\n${table}`, 3, 0],
    ["the one after a title", `Sales\n${table}`, 1, 1],
    ["the one after several titles", `Sales\nof the shop\n\n${table}`, 3, 2],
    ["the one after comments", `# one, two\n// three\n  # four\n${table}`, 3, 0],
    ["the one after a title that a spreadsheet has padded", `Sales,,\n${table}`, 1, 1],
    ["the one after names and values with a blank line", `shop,Rome\nyear,2025\n\n${table}`, 3, 2],
    ["the one after a sentence with a blank line", `Sales in 2025, of all, shops\n\n${table}`, 2, 1],
    ["a comment that names the columns", "#id,name,city\n1,Ann,Rome\n", 0, 0],
    ["a comment that names the columns, after another one", `# hello\n#id,name,city\n1,Ann,Rome\n`, 1, 0],
    ["the first one if names and values have no blank line after them", `shop,Rome\nyear,2025\n${table}`, 0, 0],
    ["the first one if it is quoted, although it looks like a comment", `"#id",name,city\n1,Ann,Rome\n`, 0, 0],
    ["a single row", "a,b,c\n", 0, 0],
    ["the first filled one if there is only a title", "\nSales\n", 1, 0],
    ["the first filled one if only comments follow", "# a\n# b\n", 0, 0],
  ] as const) {
    it(`is ${what}`, () => assert.deepEqual(tableStart(rowsOf(text), 3), { row, titles }));
  }

  it("is looked for behind at most 50 rows", () => {
    assert.deepEqual(tableStart(rowsOf("\n".repeat(49) + table), 3), { row: 49, titles: 0 });
    assert.deepEqual(tableStart(rowsOf("\n".repeat(50) + table), 3), { row: 50, titles: 0 });
    assert.deepEqual(tableStart(rowsOf("Sales\n".repeat(50) + table), 3), { row: 50, titles: 50 });
    assert.deepEqual(tableStart(rowsOf("Sales\n".repeat(51) + table), 3), { row: 0, titles: 0 });
  });

  it("comes within 50 rows after a title", () => {
    assert.deepEqual(tableStart(rowsOf(`Sales\n${"\n".repeat(49)}${table}`), 3), { row: 50, titles: 1 });
    assert.deepEqual(tableStart(rowsOf(`Sales\n${"\n".repeat(50)}${table}`), 3), { row: 0, titles: 0 });
  });

  it("has no titles before it if the table has one column", () => {
    assert.deepEqual(tableStart(rowsOf("Sales\nid\n1\n"), 1), { row: 0, titles: 0 });
    assert.deepEqual(tableStart(rowsOf("Sales,\nid,name\n1,Ann\n"), 2), { row: 0, titles: 0 });
  });

  it("has a padded title before it only if names follow", () => {
    assert.deepEqual(tableStart(rowsOf("Sales,,\n1,2,3\n4,5,6\n"), 3), { row: 0, titles: 0 });
    assert.deepEqual(tableStart(rowsOf(",Sales,\nid,name,city\n1,2,3\n"), 3), { row: 0, titles: 0 });
    assert.deepEqual(tableStart(rowsOf("Sales,,x\nid,name,city\n1,2,3\n"), 3), { row: 0, titles: 0 });
    assert.deepEqual(tableStart(rowsOf("Sales,,\nid,,\n1,2,3\n"), 3), { row: 0, titles: 0 });
    assert.deepEqual(tableStart(rowsOf("Sales,x,\nid,name,city\n1,2,3\n"), 3), { row: 0, titles: 0 });
    assert.deepEqual(tableStart(rowsOf("Sales,,\nid,name,\n1,2,3\n"), 3), { row: 1, titles: 1 });
    assert.deepEqual(tableStart(rowsOf("Sales,\nid,name,city\n1,2,3\n"), 3), { row: 1, titles: 1 });
  });

  it("is a comment only if its cells are as many as those of the row below, and names over values", () => {
    for (const text of [
      "#id,name\n1,Ann,Rome\n",
      "#id,name,city\n1,Ann\n2,Bob,Oslo\n",
      "#id,name,city\nx,y,z\n",
      "#id,1,city\n1,Ann,2\n",
      "#id,name,city\n#1,a,b\n",
    ]) {
      assert.notEqual(tableStart(rowsOf(`${text}${table}`), 3).row, 0, text);
    }
  });
});

describe("a row of a sample", () => {
  it("is blank if there is nothing in its cells", () => {
    for (const cells of [[""], [" ", "\t"], []]) assert.equal(isBlank({ cells }), true);
    assert.equal(isBlank({ cells: ["", "a"] }), false);
    assert.deepEqual([firstFilled(rowsOf("\n,\na\n")), firstFilled(rowsOf("\n")), firstFilled([])], [2, 0, 0]);
  });

  it("has names if it has enough different texts, and no values", () => {
    assert.equal(isNames(["a", "b"], 2), true);
    for (const [cells, least] of [
      [["a"], 2],
      [["a", "a"], 2],
      [["a", "1"], 2],
      [["a", ""], 2],
      [["a", "2024-01-01"], 2],
    ] as const) {
      assert.equal(isNames(cells, least), false, cells.join());
    }
    assert.equal(isNames([], 0), true);
  });
});
