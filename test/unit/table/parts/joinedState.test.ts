import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { JoinedState } from "../../../../src/table/parts/joinedState.ts";
import type { Part } from "../../../../src/table/parts/part.ts";
import type { OpenedTable } from "../../../../src/table/tableReader.ts";
import type { Reading, TableProgress } from "../../../../src/table/tableTypes.ts";
import { csvReading } from "../csvReading.ts";

const reading: Reading = { ...csvReading, header: true };

type File = Partial<TableProgress> & { readonly columns?: string; readonly problem?: true };

const counted: TableProgress = {
  version: 7,
  bytes: 10,
  indexedBytes: 10,
  indexedRows: 3,
  rows: 3,
  exact: true,
  growing: false,
  endsInRecord: false,
};

function shapeOf(columns: string, delimiter = ",") {
  return {
    version: 7,
    reading: { ...reading, delimiter },
    columns: columns.split(" ").map((name) => ({ name, type: "text" as const })),
  };
}

/** Joins files, some of which are no tables. */
function joined(...files: readonly File[]): JoinedState {
  const parts = files.map(({ problem, ...progress }, at) => {
    const file = { progress: problem === undefined ? { ...counted, ...progress } : undefined };
    return { name: `part-${at}.csv`, path: `/part-${at}.csv`, file } as unknown as Part;
  });
  const found = files.map(({ problem, columns = "a b" }, at): OpenedTable => {
    if (problem !== undefined) return { kind: "problem", problem: { kind: at === 0 ? "empty" : "missing" } };
    return { kind: "table", shape: shapeOf(columns, at === 0 ? "," : ";"), progress: counted };
  });
  return new JoinedState(5, parts, found);
}

const namesOf = ({ columns }: JoinedState): string => columns.columns.map(({ name }) => name).join(" ");

describe("the table of several files", () => {
  it("has the columns of all of them, and is read like the first one", () => {
    const state = joined({}, { columns: "b c" });
    const { opened } = state;
    assert.equal(opened.kind, "table");
    assert.deepEqual(opened.shape, { version: 5, reading, columns: state.columns.columns });
    assert.equal(namesOf(state), "Part a b c");
    assert.deepEqual(opened.progress, state.progress);
  });

  it("leaves out files that are no tables", () => {
    const state = joined({ problem: true }, {}, { problem: true });
    assert.equal(state.opened.kind === "table" && state.opened.shape.reading.delimiter, ";");
    assert.deepEqual(state.leftOut, [
      { name: "part-0.csv", problem: { kind: "empty" } },
      { name: "part-2.csv", problem: { kind: "missing" } },
    ]);
    assert.deepEqual(
      [0, 1, 2].map((part) => state.isTable(part)),
      [false, true, false],
    );
    assert.deepEqual(
      [0, 1, 2].map((part) => state.rowsOf(part)),
      [0, 3, 0],
    );
    assert.deepEqual(
      [0, 1, 2, 3].map((part) => state.tableFrom(part)),
      [1, 1, undefined, undefined],
    );
  });

  it("has the problem of the first file if none is a table", () => {
    const state = joined({ problem: true }, { problem: true });
    assert.deepEqual(state.opened, { kind: "problem", problem: { kind: "empty" } });
    assert.equal(state.progress, undefined);
    assert.equal(state.locate(0), undefined);
    assert.deepEqual(joined().opened, { kind: "problem", problem: { kind: "missing" } });
  });

  it("changes its columns with those of a file", () => {
    const state = joined({}, { problem: true });
    assert.equal(state.takeShape(0, shapeOf("a b")), false);
    assert.equal(state.takeShape(0, shapeOf("a b c", "|")), true);
    assert.equal(namesOf(state), "Part a b c");
    assert.equal(state.opened.kind === "table" && state.opened.shape.reading.delimiter, "|");
    assert.equal(state.takeShape(1, shapeOf("d")), false);
    assert.equal(state.takeShape(2, shapeOf("d")), false);
    assert.equal(namesOf(state), "Part a b c");
  });
});

describe("the progress of several files", () => {
  it("is the sum of theirs", () => {
    assert.deepEqual(joined({}, { bytes: 20, indexedBytes: 15, indexedRows: 4, rows: 5 }).progress, {
      version: 5,
      bytes: 30,
      indexedBytes: 25,
      indexedRows: 7,
      rows: 8,
      exact: true,
      growing: false,
      endsInRecord: false,
    });
  });

  it("counts the rows up to the first file that isn't counted, with what is known of it", () => {
    const { progress } = joined({}, { exact: false, indexedRows: 2, rows: 9 }, { indexedRows: 50, rows: 50 });
    assert.deepEqual([progress?.indexedRows, progress?.rows, progress?.exact], [5, 62, false]);
    assert.equal(joined({ exact: false, indexedRows: 2 }, {}).progress?.indexedRows, 2);
  });

  it("grows or ends in a record if one of them does", () => {
    assert.equal(joined({}, { growing: true }).progress?.growing, true);
    assert.equal(joined({ endsInRecord: true }, {}).progress?.endsInRecord, true);
  });

  it("tells which rows have exact numbers", () => {
    const state = joined({}, { exact: false }, {}, { problem: true });
    assert.deepEqual(
      [0, 1, 2, 3].map((part) => state.isCountedTo(part)),
      [true, true, false, false],
    );
    assert.equal(joined({ problem: true }, {}).isCountedTo(1), true);
  });

  it("tells whether rows can follow a file", () => {
    const state = joined({}, { rows: 0 }, { problem: true });
    assert.deepEqual(
      [0, 1, 2].map((part) => state.hasNoRowsAfter(part)),
      [true, true, true],
    );
    assert.equal(joined({}, { rows: 0, exact: false }).hasNoRowsAfter(0), false);
    assert.equal(joined({}, { rows: 1 }).hasNoRowsAfter(0), false);
    assert.equal(joined({}, { rows: 1 }).hasNoRowsAfter(1), true);
  });
});

describe("a row of several files", () => {
  it("is in the file whose rows reach it, without files that are no tables", () => {
    const state = joined({}, { problem: true }, { rows: 0 }, { rows: 2 });
    for (const [row, part, inPart] of [
      [0, 0, 0],
      [2, 0, 2],
      [3, 3, 0],
      [4, 3, 1],
    ] as const) {
      assert.deepEqual(state.locate(row), { part, row: inPart }, `row ${row}`);
    }
  });

  it("is in the last file if it is behind all rows", () => {
    assert.deepEqual(joined({}, {}, { problem: true }).locate(10), { part: 1, row: 7 });
  });
});
