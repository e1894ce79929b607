import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { JoinedColumns } from "../../../../src/table/parts/joinedColumns.ts";
import type { Column, Row } from "../../../../src/table/tableTypes.ts";

/** Columns such as `a:number`; text unless another type is given. */
function columnsOf(text: string): Column[] {
  return text.split(" ").map((each) => {
    const [name = "", type = "text"] = each.split(":");
    return { name, type: type as Column["type"] };
  });
}

const textOf = ({ columns }: JoinedColumns): string => columns.map(({ name, type }) => `${name}:${type}`).join(" ");

describe("the columns of several files", () => {
  it("come after one for the name of the file, in the order in which they appear", () => {
    const joined = new JoinedColumns("Part");
    assert.equal(textOf(joined), "Part:text");
    assert.equal(joined.take(0, columnsOf("a b")), true);
    assert.equal(joined.take(1, columnsOf("c b")), true);
    assert.equal(textOf(joined), "Part:text a:text b:text c:text");
    assert.equal(joined.take(1, columnsOf("c b")), false);
    assert.equal(joined.take(2, columnsOf("a c")), false);
  });

  it("have a type that fits all files, or text", () => {
    const joined = new JoinedColumns("Part");
    joined.take(0, columnsOf("a:number b:number c"));
    assert.equal(joined.take(1, columnsOf("a:number b:date c:number")), true);
    assert.equal(textOf(joined), "Part:text a:number b:text c:text");
    assert.equal(joined.take(2, columnsOf("b:number")), false);
  });

  it("stay separate if one file has two of the same name", () => {
    const joined = new JoinedColumns("Part");
    joined.take(0, columnsOf("a a"));
    joined.take(1, columnsOf("a"));
    joined.take(2, columnsOf("a a a"));
    assert.equal(textOf(joined), "Part:text a:text a:text a:text");
    assert.deepEqual(
      [0, 1, 2, 3].map((column) => joined.inPart(2, column)),
      [undefined, 0, 1, 2],
    );
    assert.deepEqual(
      [0, 1, 2].map((column) => joined.inPart(1, column)),
      [undefined, 0, undefined],
    );
  });

  it("are those of each file, in both directions", () => {
    const joined = new JoinedColumns("Part");
    joined.take(0, columnsOf("a b"));
    joined.take(1, columnsOf("c b"));
    assert.deepEqual(
      [0, 1, 2, 3].map((column) => joined.inPart(1, column)),
      [undefined, undefined, 1, 0],
    );
    assert.deepEqual(
      [0, 1, 2].map((own) => joined.joinedColumn(1, own)),
      [3, 2, 0],
    );
    assert.deepEqual([joined.inPart(7, 1), joined.joinedColumn(7, 0)], [undefined, 0]);
  });

  it("are requested from a file as one range", () => {
    const joined = new JoinedColumns("Part");
    joined.take(0, columnsOf("a b c d"));
    joined.take(1, columnsOf("d x b"));
    const window = (from: number, count: number) => joined.windowIn(1, { from, count });
    assert.deepEqual(window(0, 99), { from: 0, count: 3 });
    assert.deepEqual(window(2, 1), { from: 2, count: 1 });
    assert.deepEqual(window(4, 1), { from: 0, count: 1 });
    assert.deepEqual(window(5, 1), { from: 1, count: 1 });
    assert.deepEqual(window(0, 2), { from: 0, count: 0 });
    assert.deepEqual(window(2, 3), { from: 0, count: 3 });
  });
});

describe("a row of one of several files", () => {
  const joined = new JoinedColumns("Part");
  joined.take(0, columnsOf("a b"));
  joined.take(1, columnsOf("c b d"));
  // Joined: Part a b c d.
  const rowIn = (row: Row, from = 0, count = 99, firstRead = 0): Row =>
    joined.row(1, "two.csv", row, { from, count }, firstRead);

  it("begins with the name of the file, and lacks the columns of others", () => {
    assert.deepEqual(rowIn({ cells: ["1", "2", "3"] }), { cells: ["two.csv", "", "2", "1", "3"], kinds: "s-sss" });
    assert.deepEqual(rowIn({ cells: ["1"] }), { cells: ["two.csv", "", "", "1", ""], kinds: "s--s-" });
  });

  it("has the kinds and the text of JSON values", () => {
    const row = { cells: ["1", "x", ""], kinds: "ns-", raw: ["1", '"x"', undefined] };
    assert.deepEqual(rowIn(row), {
      cells: ["two.csv", "", "x", "1", ""],
      kinds: "s-sn-",
      raw: [undefined, undefined, '"x"', "1", undefined],
    });
  });

  it("has only the wanted columns, whatever was read", () => {
    assert.deepEqual(rowIn({ cells: ["2", "3"] }, 2, 1, 1), { cells: ["2"], kinds: "s" });
    assert.deepEqual(rowIn({ cells: ["1", "2", "3"] }, 1, 2), { cells: ["", "2"], kinds: "-s" });
  });

  it("says which values are cut or were not read, by the joined columns", () => {
    assert.deepEqual(rowIn({ cells: ["1", "2", "3"], cut: [1] }).cut, [2]);
    assert.deepEqual(rowIn({ cells: ["1", "2", "3"], cut: [0, 2] }).cut, [3, 4]);
    assert.equal(rowIn({ cells: ["1", "2"], unreadFrom: 2 }).unreadFrom, 4);
    assert.equal(rowIn({ cells: ["1"], unreadFrom: 1 }).unreadFrom, 2);
    assert.equal(rowIn({ cells: ["1"], malformed: true }).malformed, true);
  });
});
